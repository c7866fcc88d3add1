"""What of a manual may answer a question, for the office to choose from: functions and sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.answer import Citation
from corpus.model import Manual, Section, SectionKind
from corpus.spanish import stems

MOST = 14
_TITLE_WEIGHT = 0.5
"""Of a word that stands in the title of a function's sheet."""
_LONGEST = 220


@dataclass(frozen=True)
class Option:
    """A function, or a section as a whole."""

    section: str
    function: int | None
    title: str
    page: int
    text: str

    @property
    def value(self) -> str:
        """What a form sends of it."""
        return f"{self.section}#{self.function or ''}"


def read_option(value: str) -> tuple[str, int | None]:
    """Section and function of what a form sent. Raises ValueError."""
    section, _, number = value.rpartition("#")
    if not section:
        raise ValueError(f"no place: {value[:40]!r}")
    return section, int(number) if number else None


def found_options(manual: Manual, words: str) -> list[Option]:
    """The functions and sections with the most of some words, best first."""
    wanted = set(stems(words))
    if not wanted:
        return []
    scored = [(_score(each, wanted), each) for each in _all(manual)]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    return [each for _, each in best[:MOST]]


def cited_options(manual: Manual, citations: Sequence[Citation]) -> list[Option]:
    """What an answer cites, as options."""
    wanted = [(c.section, c.function) for c in citations if c.manual == manual.code]
    known = {(each.section, each.function): each for each in _all(manual)}
    return list(dict.fromkeys(known[place] for place in wanted if place in known))


def _all(manual: Manual) -> Iterator[Option]:
    for position in manual.positions:
        for each in position.functions:
            yield Option(position.number, each.number, position.title, each.page, each.text)
    yield from (_whole(section) for section in manual.sections)


def _whole(section: Section) -> Option:
    is_sheet = section.kind is SectionKind.SHEET
    text = "La cédula entera" if is_sheet else section.text[:_LONGEST]
    return Option(section.number, None, section.title, section.page, text)


def _score(option: Option, wanted: set[str]) -> float:
    text, title = set(stems(option.text)), set(stems(option.title))
    found = len(wanted & text) + _TITLE_WEIGHT * len(wanted & (title - text))
    return found / (1 + 0.01 * len(text))
