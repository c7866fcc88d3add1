"""The manual as an organisation: the names of its positions, which sheet a name in a text means,
and the reporting lines as a graph.

Nothing here knows what is asked; pictures of the graph are documents and stand in `reports`.
"""
