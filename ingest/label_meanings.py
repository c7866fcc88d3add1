"""What the labels of a manual mean that no list knows, told by the values that stand with them.

A label comes again with every unit. If its values are names, all different, it labels the unit's
own name; if they are names of units further up, some of them again and again, its boss; names of
units further down, each once, who reports to it; a sentence that begins with a verb, its objective;
a list of such sentences, its functions. Where boss and reports can't be told apart by that, both
stay unread: the wrong one would be a false statement.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.model import Printed
from ingest.labels import TITLES, Tagged, is_sign
from ingest.layouts.marks import CODES_AND_WORDS, read_marks
from ingest.layouts.words import Kind, Words
from ingest.lines import Line
from ingest.stated_lines import begins_statement
from ingest.text import fold

KNOWN = tuple(kind for kind in Kind if kind is not Kind.OTHER)
"""Labels of these kinds have a meaning; those of the kind OTHER only end what is above them."""
_INFERRED = (Kind.FUNCTIONAL_TITLE, Kind.FUNCTIONS, Kind.OBJECTIVE, Kind.REPORTS_TO,
             Kind.DIRECT_REPORTS)  # fmt: skip
_MOSTLY = 0.8
"""Share of a label's units that must lack a known label of a kind, for it to be of that kind."""
_TIMES = 3
"""How often a label must come, at least, for its values to say what it means."""
_MOST = 0.6
"""Share of the values that must be of one sort."""
_SOME = 0.3
"""Share of the values that must name other units, where the rest may be outside of the manual."""
_SURELY = 0.8
"""Share of the units named that must stand on one side, for boss and reports to be told apart."""
_LONGEST = 60
_FAR = 30
"""Lines of a list that are looked at."""
_MOST_WORDS = 7
_SHORTEST_NAME = 6
_VERB = re.compile(r"[a-z]{3,}(?:ar|er|ir)(?:se|l[aeo]s?)?\b")
_LABELLED = re.compile(r"([^\W\d_][^:]{2,60}):\s*(.*)")
_SEPARATORS = re.compile(r"\s*[;,•]\s*|\s+[ye]\s+")


@dataclass(frozen=True)
class _Use:
    """A label where it stands, and the value beside or below it."""

    at: int
    value: str
    items: int
    """How many items of a list follow, and how many of these begin with a verb."""
    verbs: int


def infer_meanings(tags: Sequence[Tagged], words: Words) -> dict[str, Kind]:
    """The meanings of unknown labels that come again, by their folded text."""
    uses = _uses(tags, words)
    known = {kind: _places(tags, kind) for kind in _INFERRED}
    known[Kind.FUNCTIONAL_TITLE] |= _places(tags, Kind.UNIT_TITLE)
    found: dict[str, Kind] = {}
    names = _known_names(tags)
    for kind in _INFERRED:
        open_uses = {text: each for text, each in uses.items() if _is_lacking(each, known[kind])}
        best = _best(kind, open_uses, found, names, words)
        if best:
            found[best] = kind
            if kind is Kind.FUNCTIONAL_TITLE:
                names |= {fold(use.value).strip(" ."): use.at for use in uses[best]}
    return found


def _places(tags: Sequence[Tagged], kind: Kind) -> set[int]:
    return {at for at, tag in enumerate(tags) if tag.hit(kind)}


def _is_lacking(uses: Sequence[_Use], known: set[int]) -> bool:
    """Whether the units that a label comes with have no known label of the kind."""
    places = sorted(known)
    without = sum(
        bisect_left(places, use.at) == bisect_left(places, following.at)
        for use, following in pairwise(uses)
    )
    return without >= _MOSTLY * (len(uses) - 1)


def _uses(tags: Sequence[Tagged], words: Words) -> Mapping[str, list[_Use]]:
    """The unknown labels that come again, each with its uses."""
    found: defaultdict[str, list[_Use]] = defaultdict(list)
    for at, tag in enumerate(tags):
        if tag.heads_columns:
            for label, value in zip(tag.line.filled, tags[at + 1].line.filled, strict=True):
                if words.label(label) is None:
                    found[fold(label).strip(" :.")].append(_Use(at, value, 0, 0))
            continue
        if len(tag.line.cells) == 1 and begins_statement(tag.line.text, words):
            continue
        for label, value in _split(tag, words):
            if value or not words.is_unit(label):
                found[label].append(_use(tags, at, value))
    usual = max((len(each) for each in found.values()), default=0)
    fewest = max(_TIMES, usual / 3)
    return {text: each for text, each in found.items() if len(each) >= fewest}


def _split(tag: Tagged, words: Words) -> list[tuple[str, str]]:
    """The unknown labels that a line may hold, folded, each with the value beside it."""
    pairs = [(m[1], m[2]) for cell in tag.line.filled if (m := _LABELLED.fullmatch(cell)) and m[2]]
    if not pairs and tag.hit(*KNOWN) is None:
        pairs = _unsplit(tag.line)
    return [
        (fold(_without_sign(label)).strip(" :."), value)
        for label, value in pairs
        if len(label.split()) <= _MOST_WORDS and words.label(label) in (None, Kind.OTHER)
    ]


def _unsplit(line: Line) -> list[tuple[str, str]]:
    """A label in a cell or a line of its own."""
    cells = line.filled
    if len(cells) > 1:
        labels = line.cells[0] and len(cells[0]) <= _LONGEST and not is_sign(cells[0])
        return [(cells[0], " ".join(cells[1:]))] if labels else []
    text = cells[0].rstrip(" :") if cells else ""
    return [(text, "")] if text[-1:].isalpha() and text[:1].isupper() else []


def _use(tags: Sequence[Tagged], at: int, value: str) -> _Use:
    items = verbs = 0
    place = at + 1
    if value and (marks := _item_text(value)):
        items, verbs = 1, int(_VERB.match(fold(marks)) is not None)
    beside = bool(value) and not items
    while not beside and place < len(tags) and place - at <= _FAR:
        mark = tags[place].mark
        if tags[place].hits or (mark and mark.sign in CODES_AND_WORDS):
            break
        if mark:
            items += 1
            verbs += _VERB.match(fold(mark.text)) is not None
        elif tags[place].line.gap if items else not tags[place].line.text.endswith(":"):
            break
        place += 1
    below = tags[at + 1].line.text if at + 1 < len(tags) and not tags[at + 1].hits else ""
    return _Use(at, value or below, items, verbs)


def _item_text(value: str) -> str:
    """The text of an item, "" where the value is none."""
    marks = read_marks(value)
    return marks[0].text if marks else ""


def _without_sign(label: str) -> str:
    return _item_text(label) or label


def _known_names(tags: Sequence[Tagged]) -> dict[str, int]:
    """The folded names that known labels give units, and those of headings that name one, each
    with its place: the last one, as lists of units stand before what is said of them."""
    return {
        fold(tag.body).strip(" .:"): at
        for at, tag in enumerate(tags) if tag.may_head
    } | {
        fold(hit.value).strip(" ."): at for at, tag in enumerate(tags) for hit in tag.hits
        if hit.kind in TITLES and hit.value
    }  # fmt: skip


def _best(
    kind: Kind,
    uses: Mapping[str, list[_Use]],
    found: Mapping[str, Kind],
    names: Mapping[str, int],
    words: Words,
) -> str:
    """The label whose values most look like the kind's, "" where none does."""
    scores = {
        text: _score(kind, each, names, words) for text, each in uses.items() if text not in found
    }
    best = max(scores, key=lambda text: scores[text], default="")
    return best if best and scores[best] > 0 else ""


def _score(kind: Kind, uses: Sequence[_Use], names: Mapping[str, int], words: Words) -> float:
    """How well values fit a kind: the share that does, times how often; 0 where too few do."""
    values = [use.value for use in uses if use.value]
    if not values:
        return 0
    share = _share(kind, uses, values, names, words)
    return share * len(uses) if share else 0


def _share(
    kind: Kind, uses: Sequence[_Use], values: Sequence[str], names: Mapping[str, int], words: Words
) -> float:
    count = len(values)
    if kind is Kind.FUNCTIONS:
        lists = sum(use.items >= 1 and use.verbs * 2 >= use.items for use in uses) / len(uses)
        return lists if lists >= _MOST else 0
    if kind is Kind.OBJECTIVE:
        said = sum(_VERB.match(fold(value)) is not None and not use.items
                   for use, value in zip(uses, [u.value for u in uses], strict=True))  # fmt: skip
        return said / len(uses) if said / len(uses) >= _MOST else 0
    if kind is Kind.FUNCTIONAL_TITLE:
        named = sum(words.is_unit(value) for value in values) / count
        distinct = len({fold(value) for value in values}) / count
        return named if named >= _MOST and distinct >= 0.9 else 0
    if kind is Kind.REPORTS_TO:
        one = sum(fold(value).strip(" .") in names for value in values) / count
        posts = sum(words.is_unit(value) for value in values) / count
        again = 1 - len({fold(value) for value in values}) / count
        told = one >= _SOME and posts >= _MOST and again > 0 and _looks(uses, names, up=True)
        return one + again if told else 0
    return _reports_share(values, names, words) if _looks(uses, names, up=False) else 0


def _looks(uses: Sequence[_Use], names: Mapping[str, int], *, up: bool) -> bool:
    """Whether values name units as a boss is named (further up, and some of them by several), or
    as reports are (further down, and each by one). Neither is so of a chain in any order."""
    named = [(use.at, name) for use in uses for name in _names_in(use.value, names)]
    if not named:
        return False
    above = sum(names[name] < at for at, name in named)
    several = len(named) - len({name for _, name in named})
    if up:
        return above >= _SURELY * len(named) and several > 0
    return len(named) - above >= _SURELY * len(named) and several <= (1 - _SURELY) * len(named)


def _names_in(value: str, names: Mapping[str, int]) -> list[str]:
    """The known names that a value is, or enumerates; a name within a longer one is none."""
    left, found = fold(value), []
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _SHORTEST_NAME and re.search(rf"\b{re.escape(name)}\b", left):
            left = left.replace(name, "\0")
            found.append(name)
    return found


def _reports_share(values: Sequence[str], names: Mapping[str, int], words: Words) -> float:
    """The share of values that name other units or enumerate posts; the rest must be "none"."""
    count = len(values)
    units = [name for name in names if len(name) >= _SHORTEST_NAME and words.is_unit(name)]
    folded = [fold(value) for value in values]
    none = sum(not Printed(text=value, page=0).applies for value in values) / count
    listed = sum(any(name in value for name in units) for value in folded) / count
    parts = [[p for p in _SEPARATORS.split(value) if p] for value in values]
    posts = sum(words.is_unit(value.lstrip("0123456789( ")) for value in values) / count
    many = sum(len(each) > 1 for each in parts) / count
    if posts + none < _MOST or many + none < _SOME:
        return 0
    return listed + many if listed + many >= _SOME else 0
