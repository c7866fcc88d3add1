"""Units in a chapter whose title says that it lists functions: a heading each, and a list under it.

"6. ATRIBUCIONES POR ÁREA" → "6.1 Dirección General" → "- Autorizar …". No label is printed with the
units themselves.
"""

from collections import defaultdict
from collections.abc import Sequence

from ingest.labels import Tagged
from ingest.layouts.words import Kind, Words
from ingest.outline import Heading
from ingest.text import fold
from ingest.unit_headings import Style, UnitStart, headed_at, sets_apart

_FEWEST = 2
_SHARE_NAMED = 0.8
"""Share of headings in a style that must begin like units' names, where the style says little."""


def find_listed(
    tags: Sequence[Tagged], open_lines: Sequence[bool], chapters: Sequence[Heading], words: Words
) -> list[UnitStart]:
    """The units of such chapters, in order; their headings look alike, and a list follows each."""
    ends = [*(chapter.at for chapter in chapters[1:]), len(tags)]
    found: list[UnitStart] = []
    for chapter, end in zip(chapters, ends, strict=False):
        if words.names_functions.search(fold(chapter.title)):
            found += _in_chapter(tags, open_lines, chapter, end, words)
    return found


def _in_chapter(
    tags: Sequence[Tagged], open_lines: Sequence[bool], chapter: Heading, end: int, words: Words
) -> list[UnitStart]:
    styles: defaultdict[Style, list[int]] = defaultdict(list)
    for at in range(chapter.at + chapter.size, end - 1):
        if open_lines[at] and tags[at].may_head and _list_below(tags, at, end):
            styles[tags[at].style].append(at)
    named = {
        style: [at for at in places if words.is_unit(tags[at].body)]
        for style, places in styles.items()
    }
    sure = [style for style in styles if sets_apart(style) or
            len(named[style]) >= _SHARE_NAMED * len(styles[style])]  # fmt: skip
    best = max(sure, key=lambda style: len(styles[style]), default=None)
    if best is None or len(styles[best]) < _FEWEST:
        return []
    places = styles[best]
    headings = [at for at in range(chapter.at + chapter.size, end) if open_lines[at]
                and tags[at].may_head and tags[at].style == best]  # fmt: skip
    units: list[UnitStart] = []
    for at in places:
        unit = headed_at(tags, at, end)
        unit.end = next((place for place in headings if place > at), end)
        units.append(unit)
    return units


def _list_below(tags: Sequence[Tagged], at: int, end: int) -> bool:
    """Whether a list, or a sentence that introduces one, follows a heading."""
    below = tags[at + 1]
    if below.marks and not below.may_head:
        return True
    introduced = below.line.text.endswith(":") and at + 2 < end and bool(tags[at + 2].marks)
    return introduced and not below.hit(Kind.OTHER)
