"""The assistant as tools for other people's models, over the Model Context Protocol."""
