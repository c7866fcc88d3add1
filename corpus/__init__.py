"""What a manual is, and where it lives: the typed model, the store and the embeddings."""
