"""Reads what a model writes, as it comes: sentences, the passages that each names, and the end.

Tolerant of form, since small models keep to none: text with marks such as "[1]", "[1, 2]" or
"(pasaje 1)", or JSON, in a code fence or not. What a sentence says is judged elsewhere.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.writing.passages import Passage
from corpus.spanish import fold

NOT_GIVEN = 0
"""Stands for a passage that is named by a place where none was given."""
LONGEST = 8_000
"""Characters after which a model is listened to no longer."""


class Completeness(StrEnum):
    """What a model says of its own answer."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"
    """The passages do not answer."""
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Sentence:
    """One sentence, without its marks."""

    text: str
    passages: tuple[int, ...]
    """Numbers of the passages that it names, as written: they may not exist."""


_WORD = r"(?:pasajes?|hechos?|núm\.?|n[°º.])"
_NUMBERS = rf"{_WORD}?\s*\d{{1,3}}(?:\s*(?:,|;|y|e)\s*{_WORD}?\s*\d{{1,3}})*"
_SECTION = r"(?:\d{1,2}(?:\.\d{1,2})+|[IVX]{1,5}(?:\.[A-Z0-9]{1,3})?|\d{1,2})"
_PAGE = r"p(?:\.|ág\.?|ágina)?\s*\d{1,3}"
_PLACE = rf"(?:secci[oó]n|cédula|§)?\s*{_SECTION}(?:\s*,?\s*{_PAGE})?"
# "(3)" is the number of a position: in parentheses a mark needs its word, or a page
_ONE_MARK = (
    rf"(?:[\[【]\s*(?:{_NUMBERS}|{_PLACE})\s*[\]】]|"
    rf"\(\s*(?:(?={_WORD}){_NUMBERS}|{_SECTION}\s*,\s*{_PAGE})\s*\))"
)
_PLACE_IN_MARK = re.compile(
    rf"[\[(【]\s*(?:secci[oó]n|cédula|§)?\s*(?P<section>{_SECTION})"
    r"(?:\s*,?\s*p(?:\.|ág\.?|ágina)?\s*(?P<page>\d{1,3}))?\s*[\])】]",
    re.IGNORECASE,
)
_MARK = re.compile(rf"\s*{_ONE_MARK}(?:\s*[,;y]?\s*{_ONE_MARK})*", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"\n+|(?<=[\w)»”\"%][.!?])\s+(?=[¿¡«“\"A-ZÁÉÍÓÚÑ])|(?<=[\]】])\s*\.?\s+(?=[¿¡«“\"A-ZÁÉÍÓÚÑ])"
)
_ABBREVIATION = re.compile(
    r"\b(?:art|núm|lic|ing|dr|dra|mtro|mtra|sr|sra|av|no|inc|frac|pág|p)\.$", re.I
)
_COMPLETE = re.compile(
    r"\W*\bcomplet[ao]\W{0,3}[:=]\W{0,3}(?P<how>s[ií]|en\s+parte|parcial\w*|no)\b\W*", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")
_HOW = {"si": Completeness.WHOLE, "no": Completeness.NONE}
_TEXT_KEYS = ("texto", "oracion", "oración", "text", "sentence")
_PASSAGE_KEYS = ("pasajes", "pasaje", "citas", "passages", "hechos")
_SAID_COMPLETE = re.compile(r'"complet[ao]"\s*:\s*"([^"]+)"')


class ReplyReader:
    """Gives each sentence as soon as it is whole."""

    def __init__(self, passages: Sequence[Passage] = ()) -> None:
        """`passages` are those that were given: a mark may name one by its section and page."""
        self._passages = passages
        self.completeness = Completeness.UNSAID
        self._text = ""
        self._at = 0
        self._is_json: bool | None = None
        self._leading: tuple[int, ...] = ()
        """Marks that stand before their sentence."""

    def feed(self, piece: str) -> list[Sentence]:
        """The sentences that a further piece of text completes."""
        self._text += piece
        return list(self._read(final=False))

    def finish(self) -> list[Sentence]:
        """What is left at the end, whole or not."""
        return list(self._read(final=True))

    @property
    def is_too_long(self) -> bool:
        """Whether the model goes on and on."""
        return len(self._text) > LONGEST

    def _read(self, *, final: bool) -> Iterator[Sentence]:
        if self._is_json is None:
            begun = _FENCE.sub("", self._text).lstrip()
            if not begun and not final:
                return
            self._is_json = begun[:1] == "{" or begun[:2] in ("[{", "[\n")
        yield from self._from_json() if self._is_json else self._from_text(final=final)

    # -- text -----------------------------------------------------------------------------------

    def _from_text(self, *, final: bool) -> Iterator[Sentence]:
        while (boundary := self._next_boundary()) is not None:
            begun, self._at = self._at, boundary.end()
            yield from self._stretch(self._text[begun : boundary.start()])
        if final:
            rest, self._at = self._text[self._at :], len(self._text)
            yield from self._stretch(rest)

    def _next_boundary(self) -> re.Match[str] | None:
        """Where the next sentence ends; it must be seen how the one after it begins, since marks
        may stand after the full stop."""
        for match in _BOUNDARY.finditer(self._text, self._at):
            before, after = self._text[self._at : match.start()], self._text[match.end() :]
            if _ABBREVIATION.search(before):
                continue
            if not after.strip():
                return None
            return match
        return None

    def _stretch(self, text: str) -> Iterator[Sentence]:
        complete = _COMPLETE.search(text)
        if complete:
            self.completeness = _HOW.get(fold(complete["how"]), Completeness.PART)
            text = text[: complete.start()]
        numbers = (*self._leading, *self._named_in(_MARK.findall(text)))
        said = _tidied(_MARK.sub("", text))
        self._leading = () if said else numbers
        if any(c.isalpha() for c in said):
            yield Sentence(said, tuple(dict.fromkeys(numbers)))

    # -- JSON -----------------------------------------------------------------------------------

    def _from_json(self) -> Iterator[Sentence]:
        """The objects that are whole, wherever they stand: the outer one need not be."""
        decoder = json.JSONDecoder()
        at = self._text.find("{", self._at)
        while at >= 0:
            try:
                value, end = decoder.raw_decode(self._text, at)
            except ValueError:
                at = self._text.find("{", at + 1)
                continue
            self._at = end
            yield from self._objects(value)
            at = self._text.find("{", end)
        said = _SAID_COMPLETE.search(self._text)
        if said:
            self.completeness = _HOW.get(fold(said[1]).strip(), Completeness.PART)

    def _objects(self, value: Any) -> Iterator[Sentence]:
        if isinstance(value, list):
            for each in value:
                yield from self._objects(each)
        elif isinstance(value, dict):
            said = next((value[k] for k in _TEXT_KEYS if isinstance(value.get(k), str)), None)
            if said is None:
                for each in value.values():
                    yield from self._objects(each)
                return
            named = next((value[k] for k in _PASSAGE_KEYS if k in value), ())
            marks = [f"[{n}]" for n in (named if isinstance(named, list) else [named])]
            numbers = self._named_in([*marks, *_MARK.findall(said)])
            text = _tidied(_MARK.sub("", said))
            if any(c.isalpha() for c in text):
                yield Sentence(text, numbers)

    # -- marks ----------------------------------------------------------------------------------

    def _named_in(self, marks: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the passages that marks name, each once."""
        each = (one for mark in marks for one in re.findall(_ONE_MARK, mark, re.IGNORECASE))
        return tuple(dict.fromkeys(n for one in each for n in self._named_by(one)))

    def _named_by(self, mark: str) -> Sequence[int]:
        place = _PLACE_IN_MARK.fullmatch(mark)
        numbers = [int(n) for n in re.findall(r"\d{1,3}", mark)]
        given = {p.number for p in self._passages}
        if place is None or (
            place["page"] is None and place["section"].isdigit() and numbers[0] in given
        ):
            return numbers
        at_place = [p.number for p in self._passages if _is_at(p, place["section"], place["page"])]
        return at_place or (numbers if place["section"].isdigit() else [NOT_GIVEN])


def _is_at(passage: Passage, section: str, page: str | None) -> bool:
    return any(
        fold(c.section) == fold(section) and page in (None, str(c.page)) for c in passage.citations
    )


def _tidied(text: str) -> str:
    """A sentence without bullet, code fence and full stop."""
    text = _BULLET.sub("", _FENCE.sub("", text)).strip()
    return re.sub(r"\s+([,.;])", r"\1", text).lstrip(".;, ").rstrip(" .;,")
