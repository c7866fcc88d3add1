"""Layouts as data: the words by which a manual's parts are told, and how lines are matched to them.

The words stand in `words.toml`; `words.py` matches them, `marks.py` reads the signs before headings
and list items. What they find is put to use by `ingest.labels` and what builds on it.
"""
