"""The induction pack: what a person new in a position must know, cited, with a self-check."""

from assistant.induction.compose import induction_pack
from assistant.induction.pack import InductionPack, Part, QuizQuestion, Statement

__all__ = ["InductionPack", "Part", "QuizQuestion", "Statement", "induction_pack"]
