"""A question in, the passages that may answer it out: dense and lexical search, fused."""
