"""What every face shows, before it is HTML of a page or a chat: answers, sections, places.

The blocks of an answer come in; how they look is said here and nowhere else. What only one face
shows stands with that face.
"""
