"""Label wordings and words of other countries, as TOML."""
