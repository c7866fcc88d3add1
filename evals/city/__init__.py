"""A whole state in one assistant: made-up manuals of many municipalities, and what is measured."""
