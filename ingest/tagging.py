"""The lines of a manual with their labels and signs: what is told from the lines around, too."""

import re
from collections import Counter
from collections.abc import Container, Sequence

from ingest.labels import TITLES, Hit, Tagged, find_labels, heads_columns_only, is_sign
from ingest.layouts.marks import WORDED, Mark, Sign, marks_of_row, read_marks
from ingest.layouts.words import Kind, Words
from ingest.lines import Line
from ingest.text import ends_sentence, fold, is_upper_case, starts_lower

_COLUMNS = frozenset([*TITLES, Kind.REPORTS_TO, Kind.DIRECT_REPORTS])
"""What a table with labels at the heads of its columns must state to be a unit's."""
_BEFORE_COLON = re.compile(r"([^\W\d_][^:]{2,60}):")
_CHAPTER_SIGNS = (Sign.ROMAN, Sign.ARABIC, Sign.LETTER)
_LEAD_LINES = 5
"""Lines that a sentence may take which introduces a list of functions."""
_TIMES = 3
"""How often a text must stand where labels stand to be one."""
_SHORTEST_NAME = 5
_SHORT_TITLE = 5
"""Words that a label has at most where neither capitals nor a colon tell it."""


def tag_lines(
    lines: Sequence[Line], words: Words, listed: Container[int] = frozenset()
) -> list[Tagged]:
    """The lines with their labels and signs; those at the places of `listed`, which are the table
    of contents, have no labels."""
    marks = [marks_of_row(line.cells) for line in lines]
    hits = [() if at in listed else find_labels(line, words) for at, line in enumerate(lines)]
    hits = [
        found or (() if at in listed else _lead(lines, marks, at, words))
        for at, found in enumerate(hits)
    ]
    hits = _with_names_like_labels(lines, hits, words)
    heads = _column_heads(lines, hits, words)
    hits = _without_chapters(lines, marks, hits)
    learned = _learned(lines, hits)
    return [
        Tagged(line, found, signs, at in heads,
               bool(found) or at in heads or bool(_starts(line) & learned))
        for at, (line, found, signs) in enumerate(zip(lines, hits, marks, strict=True))
    ]  # fmt: skip


def _with_names_like_labels(
    lines: Sequence[Line], hits: Sequence[tuple[Hit, ...]], words: Words
) -> list[tuple[Hit, ...]]:
    """The labels, also of rows whose value is a label's wording too: "Cargo" beside "Unidad
    Administrativa" is no head of two columns where rows with other values begin like it."""
    rows = Counter(line.text for line in lines if len(line.cells) == 2)
    firsts = Counter(line.cells[0] for line in lines if len(line.cells) == 2)
    found = list(hits)
    for at, line in enumerate(lines):
        if hits[at] or len(line.cells) != 2 or not heads_columns_only(line.cells, words):
            continue
        kind = words.label(line.cells[0])
        if kind and firsts[line.cells[0]] >= max(_TIMES, 2 * rows[line.text]):
            found[at] = (Hit(kind, line.cells[0], line.cells[1]),)
    return found


def _column_heads(lines: Sequence[Line], hits: list[tuple[Hit, ...]], words: Words) -> set[int]:
    """Reads tables of one row whose labels are heads of columns; gives the places of the heads."""
    heads: set[int] = set()
    rows = Counter(line.text for line in lines if len(line.cells) > 1)
    firsts = Counter(line.cells[0] for line in lines if len(line.cells) > 1)
    for at in range(len(lines) - 1):
        labels = lines[at].filled
        again = rows[lines[at].text] >= _TIMES and len(labels) > 1
        if not (again or heads_columns_only(labels, words)):
            continue
        if hits[at] and heads_columns_only(labels, words):
            continue  # a name that is worded like a label, beside its label
        kinds = [words.label(label) for label in labels]
        values = lines[at + 1].filled
        more = lines[at + 2].filled if at + 2 < len(lines) else ()
        goes_on = len(more) == len(labels) and not find_labels(lines[at + 2], words)
        one_row = len(values) == len(labels) and not goes_on
        one_row = one_row and not find_labels(lines[at + 1], words)
        if one_row and firsts[lines[at + 1].cells[0]] >= _TIMES:
            continue  # a label that comes again, beside its value: rows of pairs
        if not one_row or Kind.FUNCTIONS in kinds or not _COLUMNS & set(kinds):
            continue
        heads.add(at)
        hits[at] = ()
        hits[at + 1] = tuple(
            Hit(kind, label, value, above=True)
            for kind, label, value in zip(kinds, labels, values, strict=True)
            if kind
        )
    return heads


def _lead(
    lines: Sequence[Line], marks: Sequence[tuple[Mark, ...]], at: int, words: Words
) -> tuple[Hit, ...]:
    """The label that a sentence is: "La Dirección de Catastro tendrá estas atribuciones:".

    It begins at a line, ends in a colon some lines below, and a list follows.
    """
    line = lines[at]
    if len(line.cells) != 1 or not line.text[:1].isupper() or marks[at]:
        return ()
    if is_upper_case(line.text):
        return ()
    end = at
    while (
        end < len(lines) - 1
        and end - at < _LEAD_LINES
        and not lines[end].text.endswith((":", "."))
        and not lines[end + 1].gap
    ):
        end += 1
    if not lines[end].text.endswith(":") or end + 1 >= len(lines):
        return ()
    below = marks[end + 1]
    if not below or below[0].sign in WORDED or is_upper_case(below[0].text):
        return ()
    sentence = " ".join(each.text for each in lines[at : end + 1])
    folded = fold(sentence)
    if words.lists_parts.search(folded):
        return ()
    before = words.lead_before.match(folded)
    match = before or words.lead_after.match(folded)
    named = words.names_functions.search(folded) is not None
    if match and (before or named):
        unit = sentence[match.start("unit") : match.end("unit")]
        return (Hit(Kind.FUNCTIONS, line.text, "", unit),)
    above = fold(lines[at - 1].text).rstrip(" :.") if at else ""
    of_heading = named and len(above) > _SHORTEST_NAME and above in folded
    return (Hit(Kind.FUNCTIONS, line.text, ""),) if of_heading else ()


def _without_chapters(
    lines: Sequence[Line], marks: Sequence[tuple[Mark, ...]], hits: Sequence[tuple[Hit, ...]]
) -> list[tuple[Hit, ...]]:
    """The labels without those that are titles of chapters: "IV. ATRIBUCIONES", printed once.

    A label comes again and again in the same print; a chapter's title has a sign, or a level of the
    source, that no other label of its kind has.
    """

    def print_of(at: int, hit: Hit) -> tuple[Kind, Sign | None, int]:
        return (hit.kind, marks[at][0].sign if marks[at] else None, lines[at].level)

    counts = Counter(print_of(at, found[0]) for at, found in enumerate(hits) if found)
    said = [_without_decimal(line, signs) for line, signs in zip(lines, marks, strict=True)]
    texts = Counter(said[at] for at, found in enumerate(hits) if found)
    kinds = Counter(found[0].kind for found in hits if found)
    kept: list[tuple[Hit, ...]] = []
    for at, found in enumerate(hits):
        if found and not found[0].value and not found[0].unit:
            kind, sign, level = print_of(at, found[0])
            once = counts[kind, sign, level] == 1
            deeper = lines[at + 1].level if at + 1 < len(lines) else 0
            if level and deeper > level:
                found = ()
            others = kinds[kind] >= _TIMES
            if once and (sign in _CHAPTER_SIGNS or (others and (sign or level))):
                found = ()
            alone = texts[said[at]] == 1
            if alone and kind is Kind.IDENTIFICATION and max(kinds[t] for t in TITLES) >= _TIMES:
                found = ()
            alone = alone and kind is Kind.FUNCTIONS
            heads_unit = any(hits[at + 2 : at + 4]) and lines[at].stands_off
            if alone and others and (heads_unit or not _begins_list(lines, marks, at + 1)):
                found = ()
        if marks[at] and marks[at][0].sign in WORDED:
            found = ()
        above = marks[at - 1] if at else ()
        if above and above[0].sign in WORDED and not above[0].text:
            found = ()
        kept.append(found)
    return kept


def _without_decimal(line: Line, marks: Sequence[Mark]) -> str:
    """A line's folded text; of "2.3.1 Función básica" without the number, which is another in each
    unit."""
    return fold(marks[0].text if marks and marks[0].sign is Sign.DECIMAL else line.text)


def _starts(line: Line) -> set[str]:
    """What of a line may be a label, by its place."""
    cells = line.filled
    found: set[str] = set()
    if len(cells) > 1 and len(cells[0]) <= 60 and line.cells[0] and not is_sign(cells[0]):
        found.add(fold(cells[0]).rstrip(" :"))
    if len(cells) == 1:
        text = cells[0]
        before = _BEFORE_COLON.match(text)
        if before and len(before[1].split()) <= 7:
            found.add(fold(before[1]).strip())
        elif is_upper_case(text) and len(text) <= 60 and line.stands_off:
            found.add(fold(text).rstrip(" ."))
        elif _is_short_title(text):
            found.add(fold(text))
    return {text for text in found if any(c.isalpha() for c in text)}


def _is_short_title(text: str) -> bool:
    """Whether a line is a few words that no sentence ends in, and no item of a list."""
    plain = text[:1].isupper() and text[-1].isalpha() and not read_marks(text)
    return plain and len(text.split()) <= _SHORT_TITLE


def _begins_list(lines: Sequence[Line], marks: Sequence[tuple[Mark, ...]], at: int) -> bool:
    """Whether an item of a list stands at a place, or the text of one."""
    if at >= len(lines):
        return False
    sign = marks[at][0].sign if marks[at] else None
    if sign is not None:
        return sign not in (*WORDED, Sign.CODE, Sign.DECIMAL) and not is_upper_case(
            marks[at][0].text
        )
    return ends_sentence(lines[at].text) or starts_lower(lines[at].text)


def _learned(lines: Sequence[Line], hits: Sequence[tuple[Hit, ...]]) -> set[str]:
    """The texts that stand where labels stand about as often as there are lists of functions."""
    lists = sum(any(hit.kind is Kind.FUNCTIONS for hit in found) for found in hits)
    counts = Counter(text for line in lines for text in _starts(line))
    return {text for text, count in counts.items() if count >= max(_TIMES, lists / 2)}
