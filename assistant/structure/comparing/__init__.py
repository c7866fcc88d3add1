"""What changed between two versions of a manual, with the pages of both: `compare(old, new)`."""

from assistant.structure.comparing.change import Change, Comparison, Kind, Piece, Place
from assistant.structure.comparing.comparison import compare

__all__ = ["Change", "Comparison", "Kind", "Piece", "Place", "compare"]
