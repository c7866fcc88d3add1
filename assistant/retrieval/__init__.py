"""A question in, the passages that may answer it out: dense and lexical search, fused.

Whether they are enough to answer with is told here too; what is said of them is not.
"""
