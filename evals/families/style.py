"""How one manual is printed: labels, numerals, markers, headers, drawn by seed.

Seeds below `HELDOUT_FROM` draw from `data/labels.toml` alone and are for those who write the
parser. Seeds from there on also draw, half of the time, from `data/heldout.toml`, and print page
headers and chapter numerals that no other seed has, so that they measure generality.
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from evals.families.choices import (
    Family,
    HeaderKind,
    Marker,
    Numerals,
    TableForm,
    UnitNumber,
)

HELDOUT_FROM = 20


_FEET = ["", "", "{page}", "- {page} -", "Página {page} de {total}"]
_ANY_UNIT_NUMBER = [UnitNumber.DECIMAL, UnitNumber.BUDGET, UnitNumber.NONE]
_UNIT_NUMBERS = {
    Numerals.ARABIC: [UnitNumber.UNDER_CHAPTER, UnitNumber.BUDGET, UnitNumber.NONE],
    # where chapters are but capitals, units that are no more could not be told from them
    Numerals.NONE: [UnitNumber.DECIMAL, UnitNumber.BUDGET],
}
_HELDOUT_HEADERS = (HeaderKind.FOLIO, HeaderKind.SIGLAS)
_HELDOUT_NUMERALS = (Numerals.CHAPTER_ORDINAL, Numerals.CHAPTER_ARABIC)


@dataclass(frozen=True)
class Country:
    """Ranks and turns of phrase of a country."""

    key: str
    ranks: tuple[tuple[str, str, str], ...]
    document: str
    cities: tuple[str, ...]
    """None where those of the vocabularies, which are Mexican, will do."""
    replace: tuple[tuple[str, str], ...]

    def localised(self, text: str) -> str:
        """A text of the Mexican vocabularies in this country's words."""
        for ours, theirs in self.replace:
            text = text.replace(ours, theirs)
        return text


@dataclass(frozen=True)
class Labels:
    """The wordings of one manual; each is printed the same throughout."""

    title: str
    boss: str
    reports: str
    objective: str
    functions: str
    nothing: str
    unit_objective: str
    unit_functions: str
    unit_attributions: str
    identification: str
    depends_sentence: str
    commands_sentence: str
    attributions_sentence: str
    chapters: dict[str, str]
    requirements: str
    relations: str

    @property
    def none(self) -> str:
        """How a field that is not of staff says that there is nothing."""
        return "No aplica" if "personal" in self.nothing.lower() else self.nothing


@dataclass(frozen=True)
class Style:
    """All choices of one manual."""

    family: Family
    seed: int
    country: Country
    labels: Labels
    header: HeaderKind
    foot: str
    """"", or a template with {page} and {total}."""
    numerals: Numerals
    unit_number: UnitNumber
    marker: Marker
    colon: bool
    """Labels end in a colon."""
    capital_labels: bool
    bare_capitals: bool
    """No accents in what is printed in capitals."""
    contents: bool
    contents_lists_units: bool
    ruled: bool
    """Tables have lines."""
    one_cell: bool
    """All functions in one cell."""
    function_rows_numbered: bool
    """Where each function has a row, its number has a cell of its own."""
    objective_across: bool
    """The objective's label has a row of its own, and so has the objective."""
    heading_above: bool
    """A table has a heading above it, with the title, besides or instead of a row."""
    person_titles: bool
    sentences: bool
    """Boss and reports are told in sentences."""
    wrapped: bool
    """Plain text breaks lines as printed."""
    page_per_unit: bool
    requirements: bool
    positions: int
    table_form: TableForm
    inline_objective: bool
    """"OBJETIVO: …" on one line, where there is no table."""
    numbered_labels: bool
    """"II. PROPÓSITO", where there is no table and chapters are not numbered so."""
    chart: bool
    """A chapter that prints the units' names as the boxes of a chart."""
    bullet: str

    @property
    def heldout(self) -> bool:
        """Whether this is a seed that nothing may be tuned on."""
        return self.seed >= HELDOUT_FROM


def draw_style(family: Family, seed: int) -> Style:
    """The choices of a seed."""
    rng = Random(f"{seed}:{family}:style")
    heldout = seed >= HELDOUT_FROM
    country = _country(rng)
    headers = [h for h in HeaderKind if heldout or h not in _HELDOUT_HEADERS]
    numerals = [n for n in Numerals if heldout or n not in _HELDOUT_NUMERALS]
    numeral = rng.choice(numerals)
    header = rng.choice(headers)
    # drawn apart, so that a choice that is added here changes no other of the same seed
    form = Random(f"{seed}:{family}:form")
    is_roman = numeral in (Numerals.ROMAN, Numerals.ROMAN_DASH)
    return Style(
        family=family,
        seed=seed,
        country=country,
        labels=_labels(rng, heldout),
        header=header,
        foot=rng.choice(_FEET) if header in (HeaderKind.NONE, HeaderKind.FOLIO) else "",
        numerals=numeral,
        unit_number=rng.choice(_UNIT_NUMBERS.get(numeral, _ANY_UNIT_NUMBER)),
        marker=rng.choice(list(Marker)),
        colon=rng.random() < 0.6,
        capital_labels=rng.random() < 0.35,
        bare_capitals=rng.random() < 0.3,
        contents=rng.random() < 0.6,
        contents_lists_units=rng.random() < 0.5,
        ruled=rng.random() < 0.75,
        one_cell=rng.random() < 0.45,
        function_rows_numbered=rng.random() < 0.5,
        objective_across=rng.random() < 0.4,
        heading_above=rng.random() < 0.5,
        person_titles=rng.random() < 0.6,
        sentences=rng.random() < 0.4,
        wrapped=rng.random() < 0.6,
        page_per_unit=rng.random() < 0.4,
        requirements=rng.random() < 0.5,
        positions=rng.choice([9, 12, 16, 22, 30]),
        table_form=form.choices(list(TableForm), [58, 14, 14, 14])[0],
        inline_objective=form.random() < 0.25,
        numbered_labels=form.random() < 0.25 and not is_roman,
        chart=form.random() < 0.4,
        bullet=form.choice(["•", "•", "•", "–", "*", "·"]),
    )


def _country(rng: Random) -> Country:
    data = _load("countries")
    key = rng.choice(sorted(data))
    entry = data[key]
    return Country(
        key=key,
        ranks=tuple((word, gender, person) for word, gender, person in entry["ranks"]),
        document=rng.choice(entry["document"]),
        cities=tuple(entry["cities"]),
        replace=tuple((ours, theirs) for ours, theirs in entry["replace"]),
    )


def _labels(rng: Random, heldout: bool) -> Labels:
    known, new = _load("labels"), _load("heldout")

    def pick(*path: str) -> str:
        ours: Any = known
        theirs: Any = new
        for step in path:
            ours, theirs = ours[step], theirs[step]
        use_new = rng.random() < 0.5
        wording: str = rng.choice(theirs if heldout and use_new else ours)
        return wording

    names = [f.name for f in fields(Labels) if isinstance(known.get(f.name), list)]
    return Labels(
        **{name: pick(name) for name in names},
        chapters={name: pick("chapters", name) for name in known["chapters"]},
        requirements=pick("distractors", "requirements"),
        relations=pick("distractors", "relations"),
    )


@cache
def requirement_items() -> tuple[str, ...]:
    """What a position asks of who holds it: looks like functions, and is none."""
    return tuple(_load("labels")["distractors"]["requirement_items"])


@cache
def relation_texts() -> tuple[str, ...]:
    """With whom a position works: no reporting line."""
    return tuple(_load("labels")["distractors"]["relation_texts"])


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files(f"{__package__}.data") / f"{name}.toml").read_text("utf-8"))
