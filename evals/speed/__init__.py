"""What the benchmark measures: questions in one process, and what a fresh process costs."""
