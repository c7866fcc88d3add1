"""What every face shows, before it is HTML of a page or a chat: answers, sections, examples.

What only one face shows stands with that face.
"""
