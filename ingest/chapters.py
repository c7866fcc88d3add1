"""The chapters of a manual in any numbering: roman, arabic, letters, "CAPÍTULO II", or none.

Which lines are their headings is told by the source's own levels, by the table of contents, and by
the longest series of signs that rises by one.
"""

from collections.abc import Container, Iterable, Sequence

from rapidfuzz import fuzz

from corpus.model import SectionKind
from ingest.contents import Contents
from ingest.document_facts import is_manual_title
from ingest.labels import Tagged
from ingest.layouts.marks import WORDED, Mark, Sign, read_marks
from ingest.layouts.words import Words
from ingest.outline import Heading
from ingest.text import fold, is_upper_case

_SAME_TITLE = 80
_LONGEST_TITLE = 130
_CHART = 3
"""So many headings without text between them are a chart's boxes."""
_SHORT_TITLE = 8
"""Words of a title below "CAPÍTULO II" that is not in capitals."""
_BROKEN_OFF = 12
"""From so many letters on, a title may be one that the line's end breaks off."""
_SKIPPED = 2
_COVER_LINES = 15
"""Lines that a cover has at most."""
_SIGNS = (Sign.ROMAN, Sign.ARABIC, Sign.LETTER)


def find_chapters(
    tags: Sequence[Tagged],
    open_lines: Sequence[bool],
    contents: Contents,
    words: Words,
    units: Container[str] = frozenset(),
) -> list[Heading]:
    """The chapters' headings, in order, among the lines that are open to them.

    `units` are folded names of units: a line with one of them is an entry of a list.
    """
    listed = _listed(contents)
    front = _front_end(tags, contents)
    candidates = [at for at, tag in enumerate(tags)
                  if at >= front and open_lines[at] and _may_head(tag)
                  and not _names(tag, units)]  # fmt: skip
    worded = _worded(tags, candidates, listed)
    inside = {at for h in worded for at in range(h.at, h.at + h.size)}
    by_level = _by_level(tags, [at for at in candidates if at not in inside])
    series = worded or ([] if by_level else _best_series(tags, candidates, listed))
    taken = {at for h in [*by_level, *series] for at in range(h.at, h.at + h.size)}
    plain = (
        []
        if by_level
        else [
            _heading(tags, at, None)
            for at in candidates
            if at not in taken and _is_plain(tags, at, listed, words, numbered=bool(series))
        ]
    )
    plain = _without_charts(plain, listed, words)
    return sorted([*by_level, *series, *plain], key=lambda heading: heading.at)


def _without_charts(
    headings: Sequence[Heading], listed: dict[str, str], words: Words
) -> list[Heading]:
    """The headings without the boxes of an organisation chart: names, and no text between them."""
    runs: list[list[Heading]] = []
    for heading in headings:
        if runs and runs[-1][-1].at + runs[-1][-1].size == heading.at:
            runs[-1].append(heading)
        else:
            runs.append([heading])
    return [
        heading
        for run in runs
        for heading in run
        if len(run) < _CHART
        or words.chapter_titles.fullmatch(fold(heading.title))
        or _is_listed(heading.title, heading.number, listed)
    ]


def _names(tag: Tagged, units: Container[str]) -> bool:
    return fold(tag.body or tag.line.text).rstrip(" :.") in units


def _front_end(tags: Sequence[Tagged], contents: Contents) -> int:
    """Where the cover ends: at the table of contents, or with a first page of few lines."""
    if contents.end > contents.start:
        return contents.start if contents.start < _COVER_LINES else 0
    first = [at for at, tag in enumerate(tags) if tag.line.page == tags[0].line.page]
    whole = len(first) < min(_COVER_LINES, len(tags))
    numbered = any(tags[at].mark for at in first)
    return len(first) if whole and not numbered else 0


def _listed(contents: Contents) -> dict[str, str]:
    """The folded titles of the table of contents, each with its number, "" where it has none."""
    found: dict[str, str] = {}
    for entry in contents.entries:
        marks = read_marks(entry.title)
        mark = marks[0] if marks and marks[0].text else None
        found.setdefault(fold(mark.text if mark else entry.title), mark.address if mark else "")
    return found


def _may_head(tag: Tagged) -> bool:
    if len(tag.line.text) > _LONGEST_TITLE:
        return False
    if tag.mark and tag.mark.sign in WORDED:
        return tag.mark.sign is not Sign.ARTICLE
    return tag.may_head or bool(tag.hits and not tag.hits[0].value)


def _by_level(tags: Sequence[Tagged], candidates: Sequence[int]) -> list[Heading]:
    """The headings of the highest level that the source uses more than once."""
    levels = [tags[at].line.level for at in candidates if tags[at].line.level]
    top = next((level for level in sorted(set(levels)) if levels.count(level) > 1), 0)
    if not top:
        return []
    return [
        _heading(tags, at, tags[at].mark)
        for at in candidates
        if tags[at].line.level == top
        or (0 < tags[at].line.level < top and not is_manual_title(tags[at].line.text))
    ]


def _worded(
    tags: Sequence[Tagged], candidates: Sequence[int], listed: dict[str, str]
) -> list[Heading]:
    """The headings that say what they are: TÍTULO I and, beside them, CAPÍTULO I."""
    found = [
        *_series(tags, candidates, Sign.TITLE, listed),
        *_series(tags, candidates, Sign.CHAPTER, listed),
    ]
    return (
        [_heading(tags, at, mark) for at, mark in sorted(found, key=lambda each: each[0])]
        if len(found) > 1
        else []
    )


def _best_series(
    tags: Sequence[Tagged], candidates: Sequence[int], listed: dict[str, str]
) -> list[Heading]:
    """The series of one sign that goes furthest."""
    found = {sign: _series(tags, candidates, sign, listed) for sign in _SIGNS}
    best = max(_SIGNS, key=lambda sign: (_agreement(found[sign], listed), len(found[sign])))
    if len(found[best]) < 2 and not _agreement(found[best], listed):
        return []
    return [_heading(tags, at, mark) for at, mark in found[best]]


def _agreement(series: Iterable[tuple[int, Mark]], listed: dict[str, str]) -> int:
    return sum(_is_listed(mark.text, mark.address, listed) for _, mark in series)


def _is_listed(title: str, number: str, listed: dict[str, str]) -> bool:
    """Whether the table of contents has the title, with this number or with none."""
    folded = fold(title).rstrip(" :.")
    return any(
        (folded == other and printed in ("", number))
        or (
            printed == number
            and (
                fuzz.ratio(folded, other) >= _SAME_TITLE
                or (len(folded) >= _BROKEN_OFF and other.startswith(folded))
            )
        )
        for other, printed in listed.items()
    )


def _series(
    tags: Sequence[Tagged], candidates: Sequence[int], sign: Sign, listed: dict[str, str]
) -> list[tuple[int, Mark]]:
    """The lines that count up with a sign from its first value on; a title's chapters anew."""
    marks = [
        (at, mark)
        for at in candidates
        for mark in tags[at].marks
        if mark.sign is sign and _looks_like_title(tags, at, mark, listed)
    ]
    found: list[tuple[int, Mark]] = []
    last = 0
    for at, mark in marks:
        anew = sign in (Sign.CHAPTER, Sign.TITLE) and mark.value <= 1
        skips = mark.value > last + _SKIPPED and not _is_listed(mark.text, mark.address, listed)
        if anew or (mark.value > last and not skips):
            found.append((at, mark))
            last = mark.value
    return found


def _looks_like_title(tags: Sequence[Tagged], at: int, mark: Mark, listed: dict[str, str]) -> bool:
    if mark.sign in WORDED:
        return tags[at].line.stands_off or is_upper_case(tags[at].line.text)
    if mark.text and _is_listed(mark.text, mark.address, listed):
        return True
    stands = tags[at].line.stands_off
    return bool(mark.text) and is_upper_case(mark.text) and stands


def _is_plain(
    tags: Sequence[Tagged], at: int, listed: dict[str, str], words: Words, *, numbered: bool
) -> bool:
    """Whether a line is a chapter's heading without a number, by the contents or by its words."""
    tag = tags[at]
    text = tag.line.text.rstrip(" :.")
    if tag.marks and not _is_listed(text, "", listed):
        return False
    in_contents = fold(text) in listed and (is_upper_case(text) or tag.line.stands_off)
    usual = words.chapter_titles.fullmatch(fold(text)) is not None
    alone = tag.line.stands_off and is_upper_case(text)
    if in_contents or (usual and alone):
        return True
    if alone and not numbered and words.names_functions.search(fold(text)):
        return True
    return alone and not numbered and at + 1 < len(tags) and tags[at + 1].line.stands_off


def _heading(tags: Sequence[Tagged], at: int, mark: Mark | None) -> Heading:
    """The heading at a place, with the lines below that go on with its title."""
    first = mark.text if mark and mark.text else ("" if mark else tags[at].line.text)
    size = 1
    title = [first] if first else []
    while at + size < len(tags) and size < 4 and _goes_on(tags, at, size, title, mark):
        title.append(tags[at + size].line.text)
        size += 1
    number = ""
    if mark:
        number = mark.printed if mark.sign is Sign.TITLE else mark.address
    text = " ".join(title).strip(" :.") or tags[at].line.text
    kind = SectionKind.CHAPTER if number else SectionKind.UNNUMBERED
    return Heading(at, size, number, text, kind, mark.sign if mark else None)


def _goes_on(
    tags: Sequence[Tagged], at: int, size: int, title: Sequence[str], mark: Mark | None
) -> bool:
    following = tags[at + size]
    if not title and mark and mark.sign in WORDED and not following.marks:
        text = following.line.text
        short = len(text.split()) <= _SHORT_TITLE or fold(text).startswith(("de ", "del "))
        return bool(following.line.level) or (following.may_head and (short or is_upper_case(text)))
    if following.marks or following.line.level or following.hits:
        return False
    if following.line.stands_off or not title:
        return False
    return is_upper_case(title[-1]) and is_upper_case(following.line.text)
