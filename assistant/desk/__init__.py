"""What the office works with: people, kept questions, scores, drafts of manuals, own settings.

Here stands what the desk does and keeps; how it is shown stands in `faces/api/desk`. This is the
only room beside the command line that ingests: see `drafts.py`.
"""
