"""Finds the positions that a question names, in full, in short or in everyday form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.structure.mention import Mention
from assistant.structure.naming import (
    Name,
    NameIndex,
    Rank,
    further_rank_word,
    leading_rank,
    rank_word,
    same_word,
)
from assistant.structure.tokens import BREAKING_WORDS, Token
from corpus.model import Position

_CONNECTORS = frozenset(
    ["de", "del", "la", "el", "los", "las", "y", "e", "en", "con", "para", "a", "al"]
)
_ARTICLES = frozenset(["la", "el", "los", "las", "un", "una", "al", "a", "lo"])
_POSSESSIVES = frozenset(["mi", "mis", "su", "sus", "tu", "tus", "nuestro", "nuestra"])
_NEXT_CLAUSE = frozenset(["y", "e", "o", "pero", "no", "ni", "porque", "pues", "verdad"])
_POINTING = frozenset(["ese", "esa", "este", "esta", "aquel", "aquella", "ella"])
_BOSS_QUALIFIERS = re.compile(
    r"comun(?:es)?|direct[oa]s?|inmediat[oa]s?|jerarquic[oa]s?|superior(?:es)?|nuev[oa]s?"
)
_ADJECTIVE_ENDING = re.compile(r"(?:[^aeim]os|as|o|al|ales|iv[oa]|ic[oa]|ari[oa])$")
_BOSSES = frozenset(["jefe", "jefa", "encargado", "encargada", "director", "directora"])
"""Who heads a unit, as people say it whatever the unit's rank."""
_WHICH = frozenset(["que", "cual", "cuales"])
_GENERIC = frozenset({"area", "areas", "departamento", "manual", "dependencia", "municipio"})
"""Words after a rank that name no unit of their own: "las direcciones de área"."""
_FIELDS = {Rank.HEAD, Rank.DIRECTORATE}
"""Ranks whose units are fields of every sheet: Secretaría, Dirección."""
_TELLING_RANKS = {Rank.UNDERSECRETARY, Rank.SUBDIRECTORATE}
"""Ranks that, said alone, can only mean a position, even if no sheet has them."""
_BEFORE_ONE_WORD = _ARTICLES | {"de", "del", "para", "ser", "soy", "como", "en"}
"""What stands before a name of one word where a position is meant."""
_MAX_WINDOW = 14
_LEAST_PRECISION = 0.62
"""Least share (by weight) of a mention's words that must stand in the name."""
_LEAST_RANKLESS_COVERAGE = 0.5
"""Least share of a name that a mention without a rank must cover."""
_LEAST_LEADING = 5
"""Letters of a word that stands for a whole name."""
_LEAST_INITIALS = 3
"""Letters of a name's initials, its rank's among them: with fewer they are words: "CD", "DE"."""
_LEAST_SHORTENED = 3
"""Letters that are left of a word cut short, and that are cut off."""
_EQUAL = 1e-6


_Same = Callable[[str, str], bool]
"""Whether a word of a name and one that is said are the same."""


@dataclass(frozen=True)
class _Alignment:
    """How a stretch of the question matches one name."""

    precision: float
    recall: float
    weight: float
    """Weight of the matched words."""
    leads: bool
    """Whether the name's first telling word is among them."""
    end: int
    """Index after the last matched word."""

    @property
    def score(self) -> tuple[bool, float, bool]:
        """Whole names first; of names said in part, those with the most said, then those whose
        beginning is said. Names that share all of that are equally likely."""
        whole = self.recall > 1 - _EQUAL and self.precision > 1 - _EQUAL
        return whole, round(self.precision * self.weight, 6), self.leads


def find_mentions(tokens: Sequence[Token], names: NameIndex) -> list[Mention]:
    """All mentions that begin with a rank ("la coord de datos", "jefe de oficina"), or are the
    whole name of a position that has none ("el cajero", "el área técnica"), in order.

    A mention that only says where the one before it belongs ("jefe de oficina *de la Dirección
    de Participación*") is taken as part of that one.
    """
    mentions: list[Mention] = []
    at = 0
    while at < len(tokens):
        if names.begins_a_name(tokens[at].word):
            mention = _mention_at(tokens, at, names)
        elif mentions and _stands_for_rank(tokens, at):
            mention = _elliptical(tokens, at, mentions[-1], names)
        else:
            mention = _initials_at(tokens, at, names) or _whole_name_at(tokens, at, names)
        if mention is None:
            at += 1
            continue
        previous = mentions[-1] if mentions else None
        if previous is not None and _qualifies(tokens, previous, mention):
            narrowed = _narrow(previous, mention, names)
            if narrowed is not None:
                mentions[-1] = narrowed
                at = max(mention.end, at + 1)
                continue
        mentions.append(mention)
        at = max(mention.end, at + 1)
    return mentions


def narrowed_by_each_other(
    tokens: Sequence[Token], mentions: Sequence[Mention], names: NameIndex
) -> list[Mention]:
    """The mentions, where an ambiguous one is settled by the only other one that is not:
    "el jefe de oficina que trabaja con *la Secretaria*". In such a clause, the other is then no
    longer a mention of its own."""
    sure = [m for m in mentions if len(m.candidates) == 1]
    if len(sure) != 1:
        return list(mentions)
    superior = sure[0]
    settled = []
    told_by_clause = False
    for mention in mentions:
        own = tuple(p for p in mention.candidates if names.belongs_to(p, superior.candidates[0]))
        if len(mention.candidates) > 1 and mention.end - mention.start > 1 and own:
            between = {t.word for t in tokens[mention.end : superior.start]}
            if "que" in between:
                told_by_clause = True
                mention = replace(mention, end=superior.end)
            settled.append(replace(mention, candidates=own))
        else:
            settled.append(mention)
    return [m for m in settled if not (told_by_clause and m is superior)]


def find_led(tokens: Sequence[Token], names: NameIndex, skip: frozenset[int]) -> Mention | None:
    """The only position whose name begins with a word that is said, where no more of it is:
    "rezago" for "Rezago y Ejecución Fiscal"."""
    for at, token in enumerate(tokens):
        if at in skip or not token.is_content or len(token.word) < _LEAST_LEADING:
            continue
        led = {
            position.number: position
            for position in names.positions
            for name in names.names[position.number]
            if any(same_word(word, token.word) for word in name.topic)
        }
        leads = any(
            name.topic and same_word(name.topic[0], token.word)
            for number in led
            for name in names.names[number]
        )
        if len(led) == 1 and leads:
            return Mention(token.typed, at, at + 1, None, tuple(led.values()))
    return None


def find_rankless(
    tokens: Sequence[Token], names: NameIndex, skip: frozenset[int], rank: Rank | None = None
) -> Mention | None:
    """The positions whose topic the question names without a rank ("¿qué hace geomática?").

    `skip` are the indices of words that can't belong to a name; `rank`, where the conversation
    gives one, decides between positions that fit equally well.
    """
    usable = [(i, t) for i, t in enumerate(tokens) if t.is_content and i not in skip]
    spoken = [t.word for _, t in usable]
    scored: list[tuple[float, float, Position]] = []
    for position in names.touched(spoken):
        best = max(
            (_rankless_score(name, spoken, names) for name in names.names[position.number]),
            default=(0.0, 0.0),
        )
        if best[1] >= _LEAST_RANKLESS_COVERAGE:
            scored.append((*best, position))
    if not scored:
        return None
    top = max(weight * coverage for weight, coverage, _ in scored)
    tied = [p for weight, coverage, p in scored if weight * coverage > top - _EQUAL]
    if rank is not None and len(tied) > 1:
        tied = [p for p in tied if any(n.rank == rank for n in names.names[p.number])] or tied
    own = [w for p in tied for n in names.names[p.number] for w in (*n.topic, n.initials)]
    at = [i for i, t in usable if any(same_word(t.word, w) for w in own)]
    start, end = min(at), max(at) + 1
    text = _printed(tokens, start, end)
    return Mention(text, start, end, None, tuple(tied))


def _initials_at(tokens: Sequence[Token], at: int, names: NameIndex) -> Mention | None:
    """ "la DGHM": the initials of a whole name, rank and all."""
    token = tokens[at]
    if len(token.word) < _LEAST_INITIALS or not token.typed.isupper() or not token.is_content:
        return None
    found = names.abbreviated(token.word)
    return Mention(token.typed, at, at + 1, None, found) if found else None


def _rankless_score(name: Name, spoken: Sequence[str], names: NameIndex) -> tuple[float, float]:
    if name.initials in spoken:  # "RH", "la de rh"
        return sum(map(names.weight, name.topic)), 1.0
    matched = [w for w in name.topic if any(same_word(w, s) for s in spoken)]
    weight = sum(names.weight(w) for w in matched)
    return weight, names.coverage(name.topic, matched)


def _whole_name_at(tokens: Sequence[Token], at: int, names: NameIndex) -> Mention | None:
    """A name without a rank that is said in full from a word on, the longest; one of a single word
    only where that is no mere topic: "el cajero", "funciones de tesorería"."""
    found: dict[int, list[Position]] = {}
    for topic, position in names.plain_names(tokens[at].word):
        end = _end_of(topic, tokens, at)
        before = tokens[at - 1].word if at else ""
        if end and (len(topic) > 1 or before in _BEFORE_ONE_WORD or end == len(tokens)):
            found.setdefault(end, []).append(position)
    if not found:
        return None
    end = max(found)
    return Mention(_printed(tokens, at, end), at, end, None, tuple(found[end]))


def _end_of(topic: Sequence[str], tokens: Sequence[Token], at: int) -> int:
    """Where a topic ends whose words stand from a place on, in order; 0 where they don't."""
    left = list(topic)
    for i in range(at, len(tokens)):
        token = tokens[i]
        if i > at and token.after_break:
            return 0
        if token.is_content:
            if not same_word(left.pop(0), token.word):
                return 0
            if not left:
                return i + 1
        elif token.word not in _CONNECTORS:
            return 0
    return 0


def _stands_for_rank(tokens: Sequence[Token], at: int) -> bool:
    """ "la de Mejora Regulatoria" after a rank was said: the same rank again."""
    following = tokens[at + 1 : at + 3]
    return (
        tokens[at].word in {"la", "el", "las", "los"}
        and len(following) == 2
        and following[0].word in {"de", "del"}
        and (following[1].is_content or following[1].word in _CONNECTORS)
    )


def _elliptical(
    tokens: Sequence[Token], at: int, previous: Mention, names: NameIndex
) -> Mention | None:
    if previous.rank is None or any(rank_word(t.word) for t in tokens[at : at + 4]):
        return None
    mention = _of_rank(tokens, at, at + 1, previous.rank, names)
    return mention if mention is not None and mention.candidates and mention.exact else None


def _mention_at(tokens: Sequence[Token], at: int, names: NameIndex) -> Mention | None:
    rank, taken = leading_rank([t.word for t in tokens[at : at + 6]])
    if rank is None:
        return None
    if _speaks_of_boss(tokens, at, _window(tokens, at + taken), names):
        return _title_of_head(tokens, at, names)
    if rank in _FIELDS and _is_field_of(tokens, at + taken):
        return None
    if tokens[at].word.startswith("titular") and rank is Rank.HEAD:
        return _headed(tokens, at, at + taken, names)
    mention = _of_rank(tokens, at, at + taken, rank, names)
    if mention is not None and not mention.candidates and tokens[at].word in _BOSSES:
        return _whole_unit(tokens, at, at + taken, names) or mention
    return mention


def _title_of_head(tokens: Sequence[Token], at: int, names: NameIndex) -> Mention | None:
    """ "el Jefe de la Unidad de X", where a sheet's title is just that, and so no unit's boss."""
    if not names.begins_a_name(next((t.word for t in tokens[at + 1 :] if t.is_content), "")):
        return None
    mention = _of_rank(tokens, at, at + 1, Rank.HEADSHIP, names)
    if mention is None or not mention.candidates or not mention.exact:
        return None
    said = [t.word for t in tokens[at + 1 : mention.end] if t.is_content]
    titles = (n for p in mention.candidates for n in names.names[p.number])
    is_title = any(
        n.rank is Rank.HEADSHIP and n.topic and said and same_word(n.topic[0], said[0])
        for n in titles
    )
    return mention if is_title else None


def _whole_unit(tokens: Sequence[Token], at: int, after: int, names: NameIndex) -> Mention | None:
    """ "la jefa de recursos humanos": whoever heads the one unit that has all of that name and no
    other, whatever its rank; None where no unit or several have it."""
    others = (
        _of_rank(tokens, at, after, rank, names) for rank in Rank if rank is not Rank.HEADSHIP
    )
    found = [
        m for m in others if m is not None and m.exact and len(m.candidates) == 1 and m.end > after
    ]
    said = [t.word for t in tokens[after : found[0].end] if t.is_content] if found else []
    whole = len(found) == 1 and any(
        names.coverage(name.topic, said) > 1 - _EQUAL
        for name in names.names[found[0].candidates[0].number]
        if name.topic
    )
    return found[0] if whole else None


def _is_field_of(tokens: Sequence[Token], after: int) -> bool:
    """ "la dirección *de la jefatura* de …", "la secretaría *del puesto 3.4*": a field of that
    position, not the name of another."""
    following = [t.word for t in _window(tokens, after) if t.word not in _CONNECTORS][:1]
    linked = after < len(tokens) and tokens[after].word in {"de", "del"}
    return (
        linked
        and bool(following)
        and (rank_word(following[0]) is not None or following[0][0].isdigit())
    )


def _headed(tokens: Sequence[Token], at: int, after: int, names: NameIndex) -> Mention | None:
    """ "titular de …": whoever heads the unit of that name, whatever its rank."""
    own = _of_rank(tokens, at, after, Rank.HEAD, names)
    if own is not None and own.candidates:
        return own
    others = (_of_rank(tokens, at, after, rank, names) for rank in Rank if rank is not Rank.HEAD)
    found = [m for m in others if m is not None and m.candidates and m.end > after]
    return max(found, key=lambda m: (m.exact, m.end), default=own)


def _of_rank(
    tokens: Sequence[Token], at: int, after: int, rank: Rank, names: NameIndex
) -> Mention | None:
    aligned = _aligned(tokens, after, rank, names, same_word)
    accepted = [(a, p) for a, p in aligned if a.precision >= _LEAST_PRECISION]
    if not accepted:
        short = _aligned(tokens, after, rank, names, _same_or_shortened)
        accepted = [(a, p) for a, p in short if a.precision > 1 - _EQUAL and a.weight]
    if tokens[at].word.endswith("s"):  # "las coordinaciones *de Gobierno Digital*": all of a unit
        accepted = [(a, p) for a, p in accepted if a.recall > 1 - _EQUAL]
    if accepted:
        best = _best(tokens, at, rank, accepted, names)
        if max(a.score for a, _ in accepted)[0] or not _is_unsheeted(tokens, after, best, names):
            return best
        return replace(best, candidates=(), exact=False)
    return _unaccepted(tokens, at, after, rank, [p for _, p in aligned], names)


def _is_unsheeted(tokens: Sequence[Token], after: int, mention: Mention, names: NameIndex) -> bool:
    """Whether part of a sheet's name is the whole name of a post that has none: "Jefatura de
    Comunicación", listed by a sheet, beside "Jefatura de Soporte y Comunicaciones"."""
    said = frozenset(t.word for t in tokens[after : mention.end] if t.is_content)
    return (mention.rank, said) in names.unsheeted


def _aligned(
    tokens: Sequence[Token], after: int, rank: Rank, names: NameIndex, same: _Same
) -> list[tuple[_Alignment, Position]]:
    """How the words after a rank match the best name of each position of that rank."""
    window = _window(tokens, after)
    aligned: list[tuple[_Alignment, Position]] = []
    for position in names.positions:
        fits = [
            _align(window, after, name, names, same)
            for name in names.names[position.number]
            if name.rank == rank
        ]
        if fits:
            aligned.append((max(fits, key=lambda a: a.score), position))
    return aligned


def _same_or_shortened(word: str, said: str) -> bool:
    """Whether a word of a name is said, or cut short: "rec" for "recaudación", "impto"."""
    if same_word(word, said):
        return True
    if len(said) < _LEAST_SHORTENED or len(word) - len(said) < _LEAST_SHORTENED:
        return False
    letters = iter(word)
    contracted = word[0] == said[0] and word[-1] == said[-1] and all(c in letters for c in said)
    return word.startswith(said) or contracted


def _best(
    tokens: Sequence[Token],
    at: int,
    rank: Rank,
    accepted: list[tuple[_Alignment, Position]],
    names: NameIndex,
) -> Mention:
    top = max(a.score for a, _ in accepted)
    tied = [p for a, p in accepted if a.score == top]
    end = max(a.end for a, p in accepted if p in tied)
    tail = _tail(_window(tokens, end))
    if len(tied) > 1 and tail:
        for window in (_window(tokens, end), _clause(_window(tokens, end))):
            placed = [p for p in tied if _place_fits(_tail(window), p)]
            if placed:
                tied, end = placed, end + max(i for i, t in enumerate(window) if t.is_content) + 1
                tail = []
                break
    extra = bool(tail) and _names_something_else(tokens, end, tied, names)
    text = _printed(tokens, at, _extent(tokens, end, names) if extra else end)
    return Mention(text, at, end, rank, tuple(tied), exact=not extra)


def _unaccepted(
    tokens: Sequence[Token],
    at: int,
    after: int,
    rank: Rank,
    of_rank: list[Position],
    names: NameIndex,
) -> Mention | None:
    """A rank alone ("el coordinador") may be any of that rank; a rank with words that no name
    has ("Dirección de Obras Públicas") is a position that the manual lacks."""
    window = _window(tokens, after)
    content = [
        t
        for t in window
        if t.is_content
        and rank_word(t.word) is None
        and t.word not in _GENERIC
        and not t.word.endswith("mente")
    ]
    named = bool(window) and (window[0].word in {"de", "del"} or window[0].is_content)
    asked_for = at > 0 and tokens[at - 1].word in _WHICH  # "¿qué dirección aparece en …?"
    if named and (_is_verb(window) or (asked_for and window[0].is_content)):
        content, named = [], False
    if content and named and tokens[at].word.endswith("s"):
        return None  # "las jefaturas de la Dirección de …": all of a rank, no name
    if content and named and not _POSSESSIVES.intersection(t.word for t in window[:3]):
        end = _extent(tokens, after, names)
        return Mention(_printed(tokens, at, end), at, end, rank, (), exact=False)
    if content and named:
        return None
    # "Coordinación General", "el subsecretario": no other word for a unit in general
    telling = after - at > 1 or rank in _TELLING_RANKS
    if not of_rank and not telling:
        return None
    return Mention(_printed(tokens, at, after), at, after, rank, tuple(of_rank), bool(of_rank))


def _is_verb(window: Sequence[Token]) -> bool:
    """Whether a rank is followed by what it does: "la Dirección General *autoriza la* compra"."""
    followed = window[1].word if len(window) > 1 else ""
    return window[0].is_content and followed in _ARTICLES


def _window(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    end = start
    while end < len(tokens) and end - start < _MAX_WINDOW:
        token = tokens[end]
        if token.after_break or token.word in BREAKING_WORDS:
            break
        end += 1
    return tokens[start:end]


def _speaks_of_boss(
    tokens: Sequence[Token], at: int, window: Sequence[Token], names: NameIndex
) -> bool:
    """ "jefe" as somebody's superior rather than as a title: "mi jefa", "jefe directo de"."""
    if rank_word(tokens[at].word) is not Rank.HEADSHIP or tokens[at].word.startswith("jefatura"):
        return False
    spoken = [t.word for t in window[:3]]
    if at and tokens[at - 1].word in _POSSESSIVES and spoken[:1] not in (["de"], ["del"]):
        return True
    if spoken[:2] == ["del", "de"] or spoken == ["de", "la", "de"]:  # "el jefe del de tesorería"
        return True
    following = [t.word for t in window if t.word not in _CONNECTORS][:1]
    if following and following[0][0].isdigit():  # "el jefe de la 2.1.8"
        return True
    if following and _BOSS_QUALIFIERS.fullmatch(following[0]):
        return True
    further = further_rank_word(following[0]) if following else None
    if following and (names.begins_a_name(following[0]) or further not in (None, Rank.OFFICE)):
        return True
    return not following or following[0] in _POSSESSIVES or following[0] in _POINTING


def _align(
    window: Sequence[Token], offset: int, name: Name, names: NameIndex, same: _Same
) -> _Alignment:
    matched: list[str] = []
    gaps: list[str] = []
    pending: list[str] = []
    end = offset
    for i, token in enumerate(window):
        if not token.is_content:
            continue
        if token.word == name.initials and not matched:
            return _Alignment(1.0, 1.0, sum(map(names.weight, name.topic)), True, offset + i + 1)
        hit = next((w for w in name.topic if w not in matched and same(w, token.word)), None)
        if hit is None:
            if rank_word(token.word) or len(pending) == 2:
                break
            pending.append(token.word)
            continue
        gaps += pending
        pending = []
        matched.append(hit)
        end = offset + i + 1
    if not matched:
        return _Alignment(float(not name.topic and not window), 0.0, 0.0, False, offset)
    weight = sum(names.weight(w) for w in matched)
    missed = sum(names.weight(w) for w in gaps)
    recall = names.coverage(name.topic, matched)
    leads = name.topic[0] in matched
    return _Alignment(weight / (weight + missed), recall, weight, leads, end)


def _tail(window: Sequence[Token]) -> list[str]:
    """Content words that follow a mention without a break."""
    return [t.word for t in window if t.is_content]


def _clause(window: Sequence[Token]) -> Sequence[Token]:
    """What comes before the next clause: "de Recursos Humanos" of "… *y no me dicen* nada"."""
    end = next((i for i, t in enumerate(window) if t.word in _NEXT_CLAUSE), len(window))
    return window[:end]


def _place_fits(tail: Sequence[str], position: Position) -> bool:
    """Whether the words after a name say where this position belongs, or what its number is."""
    if position.number in tail:
        return True
    places = (position.reports_to, position.area, position.direccion)
    own = {
        word
        for place in places
        if place
        for name in [Name.parse(place.text)]
        for word in (*name.topic, name.initials)
    }
    spoken = [w for w in tail if rank_word(w) is None][:4]
    return bool(spoken) and all(any(same_word(w, o) for o in own) for w in spoken)


def _names_something_else(
    tokens: Sequence[Token], end: int, tied: Sequence[Position], names: NameIndex
) -> bool:
    """Whether the word right after a mention belongs to a longer name that isn't in the manual:
    "Jefatura de Proyectos *Urbanos*", "Coordinación de Datos *Abiertos*"."""
    if end >= len(tokens) or tokens[end].after_break:
        return False
    token = tokens[end]
    if not token.is_content or not _ADJECTIVE_ENDING.search(token.word):
        return False
    places = (f for p in tied for f in (p.reports_to, p.area, p.direccion) if f is not None)
    own = {w for p in tied for n in names.names[p.number] for w in n.topic}
    own |= {w for place in places for w in Name.parse(place.text).topic}
    return not any(same_word(token.word, w) for w in own)


def _extent(tokens: Sequence[Token], start: int, names: NameIndex) -> int:
    """Index after the words that still look like one name, from `start` on."""
    end, content = start, 0
    for i, token in enumerate(_window(tokens, start)):
        if content and token.word in names.verbs:
            break  # "la coordinación jurídica *revisa* convenios"
        if token.is_content:
            content += 1
            end = start + i + 1
        elif token.word not in _CONNECTORS:
            break
        if content == 4:
            break
    return end


def _qualifies(tokens: Sequence[Token], previous: Mention, mention: Mention) -> bool:
    between = [t.word for t in tokens[previous.end : mention.start]]
    linked = set(between) - {"persona"} <= _CONNECTORS  # "de la persona titular de …"
    return bool(between) and between[0] in {"de", "del", "en"} and linked


def _narrow(previous: Mention, place: Mention, names: NameIndex) -> Mention | None:
    """The earlier mention, restricted to what belongs to the place; None if nothing does."""
    if len(place.candidates) != 1:
        return None
    superior = place.candidates[0]
    own = tuple(p for p in previous.candidates if names.belongs_to(p, superior))
    if not own:
        return None
    return Mention(previous.text, previous.start, place.end, previous.rank, own, previous.exact)


def _printed(tokens: Sequence[Token], start: int, end: int) -> str:
    return " ".join(t.typed for t in tokens[start:end])
