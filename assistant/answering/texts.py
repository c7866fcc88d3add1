"""What is said where nothing of a manual is quoted: the texts of `texts.toml`, filled in."""

import tomllib
from functools import cache
from importlib import resources

from assistant.answering.wording import of_the
from corpus.model import Manual

Texts = dict[str, dict[str, str]]


@cache
def _texts() -> tuple[Texts, str]:
    source = resources.files(__package__).joinpath("texts.toml").read_text("utf-8")
    read = tomllib.loads(source)
    scope = read.pop("scope")
    return read, scope


def said(group: str, name: str, manual: Manual | None = None, **own: object) -> str:
    """A text of a group, for a manual; `own` are the things that only this text names.

    Raises KeyError where there is no such text, or it names what was not given.
    """
    texts, scope = _texts()
    general: dict[str, object] = {"scope": scope}
    if manual is not None:
        dependency = of_the(manual.dependency) if manual.dependency else "de una dependencia"
        general |= {"code": manual.code, "of_dependency": dependency}
        general["about"] = texts["refusal"]["about"].format(**general)
    return texts[group][name].format(**general, **own)
