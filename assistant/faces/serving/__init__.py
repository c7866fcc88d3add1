"""What API and bots run on: the opened services, and threads for what blocks."""
