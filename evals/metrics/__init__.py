"""What is measured of an answer, and the figures of many."""
