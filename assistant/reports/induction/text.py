"""The pack as text for the terminal."""

from collections.abc import Iterator

from assistant.render.places import marks
from assistant.reports.induction.html import letter
from assistant.reports.induction.pack import InductionPack, Part, PartKind


def pack_text(pack: InductionPack, picture: str = "") -> str:
    """The pack; `picture` is the branch as a text tree."""
    lines = [f"Inducción: {pack.title} ({pack.position})", "", pack.welcome]
    for part in pack.parts:
        lines += ["", part.title.upper(), *_part(part)]
        if part.kind is PartKind.PLACE and picture:
            lines += ["", picture]
    if pack.quiz:
        lines += ["", "COMPRUEBE LO QUE SABE", *_quiz(pack)]
        lines += ["", "RESPUESTAS"]
        lines += [f"{i}: {letter(q.right)}. {q.explanation}" for i, q in enumerate(pack.quiz, 1)]
    return "\n".join(lines)


def _part(part: Part) -> Iterator[str]:
    if part.lead:
        yield part.lead
    alone = len(part.statements) == 1
    for statement in part.statements:
        bullet = f"{statement.number}. " if statement.number else "" if alone else "- "
        yield f"{bullet}{statement.text} {marks(statement.citations)}".rstrip()


def _quiz(pack: InductionPack) -> Iterator[str]:
    for i, question in enumerate(pack.quiz, 1):
        yield f"{i}. {question.question}"
        for j, option in enumerate(question.options):
            yield f"   {letter(j)}. {option}"
