"""Gold lines for the evaluation, written from the truth of a made-up manual."""

from collections.abc import Iterator
from random import Random
from typing import Any

from evals.generated.gold import Asker, Gold, distinct, each, sorted_pages
from evals.generated.sheet_questions import SheetQuestions
from evals.generated.structure import Level
from evals.generated.truth import Position, Topical, Truth
from evals.generated.unanswerable import Unanswerable
from evals.generated.vocabulary import dependency
from evals.generated.wording import ask, date_forms, opening, styled, unaccented

_LEGAL_WORDS = {
    "VII.A": "internacionales",
    "VII.B": "federales",
    "VII.C": "estatales",
    "VII.D": "municipales",
}
_PLURALS = {
    Level.DIRECTION: "Direcciones de área",
    Level.COORDINATION: "Coordinaciones",
    Level.OFFICE: "Jefaturas",
}


def questions(truth: Truth, per_intent: int = 6) -> list[dict[str, Any]]:
    """Gold lines: all topical questions, and up to `per_intent` of each other intent."""
    rng = Random(f"{truth.seed}:{truth.code}:questions")
    asked = [
        *SheetQuestions(truth, rng, per_intent).all(),
        *_ManualQuestions(truth, rng, per_intent).all(),
        *_topical(truth, rng),
        *Unanswerable(truth, rng, per_intent).all(),
    ]
    for gold in asked:
        if gold.style == "plain":
            gold.question, gold.style = styled(gold.question, rng)
        elif rng.random() < 0.3:
            gold.question = unaccented(gold.question)
    return [g.as_dict(f"gen-{truth.code}-{n:03d}") for n, g in enumerate(asked, 1)]


class _ManualQuestions(Asker):
    """Asks about what is not a sheet: purpose, laws, counts, people, versions."""

    def all(self) -> Iterator[Gold]:
        """All of them."""
        yield from self._purposes()
        yield from self._legal()
        yield from self._counts()
        yield from self._people()
        yield from self._document()
        yield from self._prose()

    def _purposes(self) -> Iterator[Gold]:
        of = dependency(self._truth.dependency_key).genitive
        for intent, section, printed in (
            ("mission", "V", self._truth.mission),
            ("vision", "VI", self._truth.vision),
            ("dependency_objective", "IV", self._truth.objective),
        ):
            yield self._asked(
                intent,
                words={"dependency": of},
                sections_any=[section],
                pages=[printed.page],
                facts=each([opening(printed.text, 8)]),
            )

    def _legal(self) -> Iterator[Gold]:
        for section, word in _LEGAL_WORDS.items():
            items = [i for i in self._truth.legal if i.section == section]
            title = self._truth.section(section).title
            yield self._asked(
                "legal_level",
                words={"level": word, "section_title": title},
                sections_any=[section],
                pages=sorted_pages(i.page for i in items),
                facts=each(i.text.rstrip(".") for i in items),
            )
        for item in self._rng.sample(self._truth.legal, min(self._per_intent, 3)):
            law = item.text.rstrip(".")
            yield self._asked(
                "legal_item",
                words={"law": law},
                sections_any=[item.section],
                pages=[item.page],
                facts=each([law]),
            )

    def _counts(self) -> Iterator[Gold]:
        positions = self._truth.positions
        yield self._asked(
            "position_count",
            sections_any=["X", "VIII", *(p.number for p in positions)],
            facts=each([str(len(positions))]),
            note="cédulas del capítulo X",
        )
        for level, plural in _PLURALS.items():
            found = [p for p in positions if _is_level(p, level)]
            yield self._asked(
                "level_count",
                words={"levels": plural},
                sections_any=["X", "VIII", *(p.number for p in found)],
                facts=each([str(len(found))]),
                note="según el título de las cédulas",
            )

    def _people(self) -> Iterator[Gold]:
        for officer in self._truth.officers:
            if officer.office.startswith(("Presidente", "Instituto")):
                continue
            intent, section, words = "officer", "DIRECTORIO", {"office": officer.office}
            if officer.role:
                intent, section, words = "role", "HOJA DE FORMALIZACIÓN", {"role": officer.role}
            yield self._asked(
                intent,
                words=words,
                sections_any=[section],
                pages=[officer.page],
                facts=each([officer.name.strip("()")]),
            )

    def _document(self) -> Iterator[Gold]:
        truth = self._truth
        yield self._asked("code", facts=each([truth.code]))
        d = truth.emission_date
        yield self._asked("emission", facts=[date_forms(d.day, d.month, d.year)])
        for change in truth.changes:
            yield self._asked(
                "change",
                words={"version": change.version},
                sections_any=["CONTROL DE CAMBIOS"],
                pages=[change.page],
                facts=each([opening(change.reason)]),
            )

    def _prose(self) -> Iterator[Gold]:
        for intent, sections in (
            ("background", ["III", "III.1", "III.2", "III.3"]),
            ("guidelines", ["XI.IV", "XI.V"]),
            ("scope", ["XI.II"]),
        ):
            known = [s for s in self._truth.sections if s.number in sections]
            pages = sorted_pages(p.page for s in known for p in s.paragraphs)
            yield self._asked(intent, sections_any=[s.number for s in known], pages=pages)


def _is_level(position: Position, level: Level) -> bool:
    return position.title.startswith(f"{level} ") and (
        level is not Level.DIRECTION or not position.title.startswith(Level.GENERAL)
    )


def _topical(truth: Truth, rng: Random) -> Iterator[Gold]:
    for topical in truth.topical:
        gold = _topical_gold(truth, topical)
        yield gold
        if rng.random() < 0.1:
            owner = truth.position(topical.answers[0][0])
            question, _ = ask("follow_reports_to", rng)
            yield Gold(
                question,
                topical.persona,
                "follow_up",
                history=[topical.question],
                sections_any=[owner.number],
                pages=[owner.page],
                facts=[distinct([owner.reports_to.text, *_boss_title(truth, owner)])],
                note="sobre el área de la respuesta anterior",
            )


def _topical_gold(truth: Truth, topical: Topical) -> Gold:
    owners = [truth.position(number) for number, _ in topical.answers]
    pages = [
        f.page
        for owner, (_, number) in zip(owners, topical.answers, strict=True)
        for f in owner.functions
        if f.number == number
    ]
    first = owners[0].functions[topical.answers[0][1] - 1]
    names = distinct([name for p in owners for name in (p.title, p.title.partition(" de ")[2])])
    return Gold(
        topical.question,
        topical.persona,
        "topical",
        style="colloquial",
        sections_any=distinct([p.number for p in owners]),
        pages=sorted_pages(pages),
        facts=[[name for name in names if name]],
        note=f"{owners[0].number} función {first.number}: {opening(first.text, 10)}…",
    )


def _boss_title(truth: Truth, position: Position) -> list[str]:
    return [truth.position(position.boss).title] if position.boss else []
