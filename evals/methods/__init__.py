"""Ways of answering that are compared: ours, ours with a part left out, and plain ones."""
