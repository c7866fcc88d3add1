"""The induction pack: what a person new in a position must know, cited, with a self-check."""

from assistant.reports.induction.compose import induction_pack
from assistant.reports.induction.pack import InductionPack, Part, QuizQuestion, Statement

__all__ = ["InductionPack", "Part", "QuizQuestion", "Statement", "induction_pack"]
