"""A made-up manual as a file of each format."""
