"""What a word means that only the conversation, or the rest of the question, makes clear."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.naming import NameIndex, Rank
from assistant.understanding.focus import Focus
from assistant.understanding.reading import Reading, is_bare
from assistant.understanding.types import Intent, Understanding
from corpus.model import Manual, Position, Section
from corpus.spanish import fold

_HEAD_OF_GOVERNMENT = re.compile(
    r"\b(?:administracion publica municipal|president[ea] municipal|alcald)"
)
_PLACE_IN_LIST = re.compile(
    r"\b(?:el|la) (primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|septim[oa]|"
    r"octav[oa]|ultim[oa])\b(?! (?:funcion|nivel|capitulo|version|parte|seccion|hoja|pagina))"
)
_PLACES = ("primer", "segund", "tercer", "cuart", "quint", "sext", "septim", "octav")
_LONGEST_POINTER = 8
"""Words of a follow-up that points at something listed."""


class References:
    """Resolves what questions on one manual refer back to."""

    def __init__(self, manual: Manual, names: NameIndex) -> None:
        self._manual = manual
        self._names = names

    def of_focus(self, asked: Understanding, focus: Focus) -> Understanding:
        """The question, asked of the position spoken of last; in the first person, of the one that
        the person said to hold."""
        if asked.first_person and focus.own is not None:
            own = self.spoken_of(replace(focus, positions=(focus.own,)), 1)
            return replace(asked, mentions=own, below=focus.own_post)
        return replace(asked, mentions=self.spoken_of(focus, 1))

    def spoken_of(self, focus: Focus, most: int) -> tuple[Mention, ...]:
        """The positions spoken of last, as mentions."""
        found = (self._manual.position(number) for number in focus.positions[:most])
        return tuple(Mention(p.title, 0, 0, None, (p,)) for p in found if p is not None)

    def listed(self, focus: Focus) -> tuple[Mention, ...]:
        """What the last answer listed that has a sheet, as mentions."""
        found = (self._manual.position(number) for number in focus.listed)
        return tuple(Mention(p.title, 0, 0, None, (p,)) for p in found if p is not None)

    def pointed_at(self, reading: Reading) -> Mention | None:
        """What a follow-up points at by its place in what was listed: "¿y qué hace la segunda?".
        Without candidates where that has no sheet."""
        match = _PLACE_IN_LIST.search(reading.folded)
        listed = reading.focus.listed
        if match is None or reading.known or len(reading.tokens) > _LONGEST_POINTER:
            return None
        last = match[1].startswith("ultim")
        at = -1 if last else next(i for i, w in enumerate(_PLACES) if match[1].startswith(w))
        if not listed or at >= len(listed):
            return None
        start = len(reading.folded[: match.start(1)].split())
        position = self._manual.position(listed[at])
        if position is None:
            return Mention(listed[at], start, start + 1, None, ())
        return Mention(position.title, start, start + 1, None, (position,))

    def others_like(self, focus: Focus, rank: Rank | None) -> tuple[Position, ...]:
        """Those with the topic of the position spoken of that were not spoken of yet ("no, la
        otra"), of a rank if one is said."""
        spoken_of = self._manual.position(focus.positions[0]) if focus.positions else None
        if spoken_of is None:
            return ()
        return tuple(
            p
            for p in self._kin(self._manual.positions, spoken_of.number)
            if p.number not in focus.positions and rank in (None, self._rank(p))
        )

    def held_by(self, position: Position, rank: Rank) -> tuple[list[Position], int]:
        """The positions that are called somebody's by a rank ("mi director", "su jefatura"), and
        how many steps up they are: the one itself, else who heads it, else those below it (-1)."""
        if self._rank(position) is rank:
            return [position], 0
        above, seen = self._boss(position), {position.number}
        while above is not None and above.number not in seen:
            seen.add(above.number)
            if self._rank(above) is rank:
                return [above], len(seen) - 1
            above = self._boss(above)
        reports = (self._names.resolve(e.name, position) for e in position.direct_reports)
        return [p for p in reports if p is not None and self._rank(p) is rank], -1

    def position(self, number: str | None) -> Position | None:
        """A position by its number."""
        return self._manual.position(number) if number else None

    def _boss(self, position: Position) -> Position | None:
        printed = position.reports_to
        return self._names.resolve_boss(printed.text, position) if printed is not None else None

    def _rank(self, position: Position) -> Rank | None:
        return self._names.names[position.number][0].rank

    def superior_told(self, focus: Focus) -> Mention | None:
        """The boss of the position spoken of, where that was what was asked last."""
        last = focus.understanding
        if last is None or last.intent is not Intent.REPORTS_TO or not focus.positions:
            return None
        position = self._manual.position(focus.positions[0])
        boss = self._boss(position) if position is not None else None
        return Mention(boss.title, 0, 0, None, (boss,)) if boss is not None else None

    def of_bare_rank(self, asked: Understanding, focus: Focus) -> Understanding:
        """ "el coordinador": the one spoken of, if it has that rank; else any of them."""
        mention = asked.mentions[0]
        spoken_of = [p for p in mention.candidates if p.number in focus.positions[:1]]
        if not spoken_of and focus.positions:
            spoken_of = self._kin(mention.candidates, focus.positions[0])
        candidates = tuple(spoken_of) or mention.candidates
        return replace(asked, mentions=(replace(mention, candidates=candidates),))

    def namesakes(self, focus: Focus, places: Sequence[Position]) -> tuple[Position, ...]:
        """Of the positions with the very title of the one spoken of, those that belong to one of
        the places: "¿y el de Gobierno Digital?" after a *Jefatura de Oficina* of another unit."""
        spoken_of = self._manual.position(focus.positions[0]) if focus.positions else None
        if spoken_of is None:
            return ()
        return tuple(
            position
            for position in self._manual.positions
            if fold(position.title) == fold(spoken_of.title)
            and position.number != spoken_of.number
            and any(self._names.belongs_to(position, place) for place in places)
        )

    def rank_in_focus(self, focus: Focus) -> Rank | None:
        """The rank of the position spoken of."""
        position = self._manual.position(focus.positions[0]) if focus.positions else None
        return self._names.names[position.number][0].rank if position else None

    def section_titled(self, *wanted: str) -> Section | None:
        """The chapter or part whose title holds some folded words."""
        return next(
            (s for s in self._manual.sections if all(w in fold(s.title) for w in wanted)), None
        )

    def head_of_government(self) -> str | None:
        """What the sheets call the mayor, if one reports there."""
        bosses = (p.reports_to.text for p in self._manual.positions if p.reports_to)
        return next((boss for boss in bosses if _HEAD_OF_GOVERNMENT.search(fold(boss))), None)

    def with_shared_topic(self, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """ "la coordinación y la jefatura *de geomática*": a rank alone shares the topic."""
        return tuple(self._sharing(m, mentions) for m in mentions)

    def _kin(self, candidates: Sequence[Position], number: str) -> list[Position]:
        """Those candidates that have the topic of the position spoken of ("¿y la jefatura?")."""
        if self._manual.position(number) is None:
            return []
        topic = self._topic(number)
        return [p for p in candidates if topic & self._topic(p.number) == topic]

    def _sharing(self, mention: Mention, mentions: Sequence[Mention]) -> Mention:
        full = next((m for m in mentions if m is not mention and len(m.candidates) == 1), None)
        if not is_bare(mention) or full is None:
            return mention
        topic = self._topic(full.candidates[0].number)
        shared = [p for p in mention.candidates if topic <= self._topic(p.number)]
        return replace(mention, candidates=tuple(shared) or mention.candidates)

    def _topic(self, number: str) -> set[str]:
        return set(self._names.names[number][0].topic)
