"""The routers, one a concern."""
