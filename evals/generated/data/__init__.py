"""The vocabulary, one file a dependency, and `common.toml` for what all share."""
