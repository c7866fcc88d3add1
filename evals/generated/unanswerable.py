"""Gold lines that the manual has no answer to, and small talk."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from evals.generated.gold import Asker, Gold
from evals.generated.truth import Kind, Truth
from evals.generated.vocabulary import Dependency, Theme, dependencies, dependency
from evals.generated.wording import ask_about


class Unanswerable(Asker):
    """Asks what the manual does not say, and what is not a question about it."""

    def __init__(self, truth: Truth, rng: Random, per_intent: int) -> None:
        super().__init__(truth, rng, per_intent)
        own = dependency(truth.dependency_key)
        self._strangers = [
            d
            for d in dependencies()
            if d is not own
            and d.is_stranger
            and d.key not in own.overlaps
            and own.key not in d.overlaps
        ]

    def all(self) -> Iterator[Gold]:
        """All of them."""
        yield from self._missing()
        yield from self._ghosts()
        if self._strangers:
            yield from self._foreign_units()
            yield from self._foreign_topics()
        yield self._asked("off_topic", "abstain")
        yield self._asked("greeting")

    def _missing(self) -> Iterator[Gold]:
        titles = Counter(p.title for p in self._truth.positions)
        named = {o.office for o in self._truth.officers} | {self._truth.positions[0].title}
        unique = [p for p in self._truth.positions if titles[p.title] == 1 and p.title not in named]
        for p in self._rng.sample(unique, min(self._per_intent, len(unique))):
            question, persona = ask_about("missing", p, self._rng)
            yield Gold(
                question, persona, "missing_attribute", "abstain", note="el manual no trae ese dato"
            )

    def _ghosts(self) -> Iterator[Gold]:
        mentioned = {c.kind: c for c in self._truth.contradictions}
        for kind in (Kind.REPORTS_TO_WITHOUT_SHEET, Kind.REPORT_WITHOUT_SHEET):
            if kind in mentioned:
                words = {"title": mentioned[kind].printed[0]}
                note = "el manual la menciona, pero no tiene cédula"
                yield self._asked("ghost_unit", "abstain", words, note=note)

    def _foreign_units(self) -> Iterator[Gold]:
        own = " ".join(p.title for p in self._truth.positions)
        for _ in range(self._per_intent):
            stranger = self._rng.choice(self._strangers)
            theme = self._rng.choice(_themes(stranger))
            if theme.unit in own or theme.unit.startswith("~"):
                continue
            title = f"{self._rng.choice(['Coordinación', 'Jefatura'])} de {theme.unit}"
            note = f"unidad de otra dependencia: {stranger.name}"
            yield self._asked("foreign_unit", "abstain", {"title": title}, note=note)

    def _foreign_topics(self) -> Iterator[Gold]:
        asks = [
            (ask.text, stranger.name)
            for stranger in self._strangers
            for theme in _themes(stranger)
            for function in theme.functions
            for ask in function.asks
            if ask.persona == "citizen"
        ]
        for question, name in self._rng.sample(asks, self._per_intent):
            yield Gold(
                question,
                "citizen",
                "foreign_topic",
                "abstain",
                style="colloquial",
                note=f"asunto de otra dependencia: {name}",
            )


def _themes(of: Dependency) -> list[Theme]:
    coordinations = [theme for direction in of.directions for theme in direction.subs]
    return [t for theme in coordinations for t in (theme, *theme.subs)]
