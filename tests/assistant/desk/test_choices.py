"""What the office chooses: each choice has its word in the log."""

from assistant.desk.choices import Choices, Picture, differing
from assistant.desk.outcomes import Channel


def test_every_choice_that_changes_is_told_in_spanish() -> None:
    changed = Choices(
        name="Atención",
        contact="Módulo 3",
        emergency="Llame al 066.",
        colour="#7a1f3d",
        colour_dark="#ffb0c0",
        emblem=Picture(content="", media_type="image/png"),
        examples=("¿Quién ve las juntas?",),
        notice="Se actualiza",
        closed=frozenset({Channel.MCP}),
    )
    told = differing(Choices(), changed)
    assert len(told) == len(Choices.model_fields)
    assert {"nombre", "aviso", "por dónde se responde"} <= set(told)
    assert differing(changed, changed) == []
