"""Gold lines about position sheets: fields, functions, chains, comparisons, follow-ups."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random

from evals.generated.gold import Asker, Gold, distinct, each, sorted_pages
from evals.generated.truth import Kind, Position, Truth
from evals.generated.wording import ask, ask_about, date_forms, opening, ordinal, with_article

_NOBODY = ["N/A", "no aplica", "nadie", "ningun", "no tiene"]
_NUMBER_WORDS = (
    "cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
)  # fmt: skip


class SheetQuestions(Asker):
    """Asks about the sheets of one manual, a few of each intent."""

    def __init__(self, truth: Truth, rng: Random, per_intent: int) -> None:
        super().__init__(truth, rng, per_intent)
        titles = Counter(p.title for p in truth.positions)
        self._unique = [p for p in truth.positions if titles[p.title] == 1]
        self._shared = [p for p in truth.positions if titles[p.title] > 1]

    def all(self) -> Iterator[Gold]:
        """All of them."""
        for write in (
            self._functions,
            self._function_n,
            self._reports_to,
            self._direct_reports,
            self._objective,
            self._value,
            self._type,
            self._date,
            self._area,
            self._functional,
            self._count,
        ):
            yield from (write(p) for p in self._some())
        yield from self._chains()
        yield from self._comparisons()
        yield from self._ambiguous()
        yield from self._variants()
        yield from self._follow_ups()

    def _some(self) -> list[Position]:
        return self._rng.sample(self._unique, min(self._per_intent, len(self._unique)))

    def _gold(
        self, template: str, p: Position, facts: list[list[str]], pages: list[int], **more: str
    ) -> Gold:
        question, persona = ask_about(template, p, self._rng, **more)
        return Gold(question, persona, template, sections_any=[p.number], pages=pages, facts=facts)

    def _functions(self, p: Position) -> Gold:
        facts = each(distinct([opening(f.text) for f in p.functions]))
        gold = self._gold("functions", p, facts, sorted_pages(f.page for f in p.functions))
        gold.note = f"las {len(p.functions)} funciones, completas"
        return gold

    def _function_n(self, p: Position) -> Gold:
        f = self._rng.choice(p.functions)
        place = {"n": str(f.number), "ordinal": ordinal(f.number)}
        return self._gold("function_n", p, each([opening(f.text, 8)]), [f.page], **place)

    def _reports_to(self, p: Position) -> Gold:
        gold = self._gold("reports_to", p, [self._boss_names(p)], [p.page])
        gold.note = f"la cédula imprime «{p.reports_to.text}»"
        return gold

    def _boss_names(self, p: Position) -> list[str]:
        names = [p.reports_to.text]
        is_elsewhere = (Kind.REPORTS_TO_WITHOUT_SHEET, p.number) in self._kinds()
        if p.boss and not is_elsewhere:
            names.append(self._truth.position(p.boss).title)
        return distinct(names)

    def _kinds(self) -> set[tuple[Kind, str]]:
        return {(c.kind, s) for c in self._truth.contradictions for s in c.sections}

    def _direct_reports(self, p: Position) -> Gold:
        facts = [[r.name, r.printed] if r.count else [r.name] for r in p.direct_reports]
        facts += [[str(r.count)] for r in p.direct_reports if r.count]
        return self._gold("direct_reports", p, facts or [_NOBODY], [p.page])

    def _objective(self, p: Position) -> Gold:
        return self._gold("objective", p, each([opening(p.objective.text, 8)]), [p.objective.page])

    def _value(self, p: Position) -> Gold:
        return self._gold("value", p, each([p.value.text]), [p.page])

    def _type(self, p: Position) -> Gold:
        return self._gold("type", p, each([p.type.text]), [p.page])

    def _date(self, p: Position) -> Gold:
        day, month, year = (int(part) for part in p.date.text.split("/"))
        return self._gold("date", p, [date_forms(day, month, year)], [p.page])

    def _area(self, p: Position) -> Gold:
        return self._gold("area", p, each([p.area.text]), [p.page])

    def _functional(self, p: Position) -> Gold:
        text = p.functional_title.text
        tight = text.replace(" (a)", "(a)")
        ways = distinct([text, tight, tight.replace("(a)", " (a)")])
        return self._gold("functional_title", p, [ways], [p.page])

    def _count(self, p: Position) -> Gold:
        total = len(p.functions)
        words = [_NUMBER_WORDS[total]] if total < len(_NUMBER_WORDS) else []
        pages = sorted_pages(f.page for f in p.functions)
        return self._gold("function_count", p, [[str(total), *words]], pages)

    def _chains(self) -> Iterator[Gold]:
        ghosts = {s for kind, s in self._kinds() if kind is Kind.REPORTS_TO_WITHOUT_SHEET}
        deep = [p for p in self._unique if p.number.count(".") >= 1]
        for p in self._rng.sample(deep, min(self._per_intent, len(deep))):
            bosses = self._bosses(p)
            if ghosts.isdisjoint([p.number, *(b.number for b in bosses)]):
                facts = [self._boss_names(x) for x in (p, *bosses[:-1])]
                gold = self._gold("chain", p, facts, [])
                gold.sections_all = [p.number, *(b.number for b in bosses[:-1])]
                gold.pages = sorted_pages(x.page for x in (p, *bosses[:-1]))
                yield gold

    def _bosses(self, p: Position) -> list[Position]:
        found: list[Position] = []
        while p.boss is not None:
            p = self._truth.position(p.boss)
            found.append(p)
        return found

    def _comparisons(self) -> Iterator[Gold]:
        for _ in range(min(self._per_intent, len(self._unique) // 2)):
            one, other = self._rng.sample(self._unique, 2)
            facts = each([one.title, other.title])
            more = {"other": with_article(other.title)}
            gold = self._gold(
                "comparison", one, facts, sorted_pages([one.page, other.page]), **more
            )
            gold.sections_all = [one.number, other.number]
            gold.sections_any = []
            yield gold

    def _ambiguous(self) -> Iterator[Gold]:
        writers = {
            "ambiguous_functions": self._functions,
            "ambiguous_reports_to": self._reports_to,
            "ambiguous_objective": self._objective,
        }
        for title in distinct([p.title for p in self._shared]):
            group = [p for p in self._shared if p.title == title]
            for template, write in writers.items():
                note = f"cédulas con ese título: {', '.join(p.number for p in group)}"
                gold = self._asked(template, "clarify", {"title": title}, note=note)
                gold.intent = "ambiguous"
                yield gold
                yield self._clarified(self._rng.choice(group), gold.question, write)
            for p in group[: self._per_intent]:
                gold = self._functions(p)
                gold.question, gold.persona = ask(
                    "same_title", self._rng, title=title, boss=self._boss_title(p)
                )
                gold.intent = "same_title"
                yield gold

    def _clarified(self, p: Position, ambiguous: str, write: Callable[[Position], Gold]) -> Gold:
        gold = write(p)
        gold.question, _ = ask("clarified", self._rng, boss=self._boss_title(p))
        gold.history, gold.intent = [ambiguous], "followup"
        gold.note = "responde a la aclaración"
        return gold

    def _boss_title(self, p: Position) -> str:
        return with_article(self._truth.position(p.boss or "1").title)

    def _variants(self) -> Iterator[Gold]:
        named_twice = [p for p in self._unique if p.list_title not in (None, p.title)]
        for p in named_twice[: self._per_intent]:
            gold = self._functions(p)
            gold.question, gold.persona = ask(
                "variant_title", self._rng, variant=p.list_title or ""
            )
            gold.intent = "variant_title"
            gold.note = f"VIII la llama «{p.list_title}»; la cédula es «{p.title}»"
            yield gold
        numbered_once = [p for p in self._unique if p.list_number == p.number]
        for p in numbered_once[:: max(1, len(numbered_once) // self._per_intent)]:
            gold = self._functions(p)
            gold.question, gold.persona = ask("by_number", self._rng, number=p.number)
            gold.intent, gold.facts = "by_number", each([p.title])
            yield gold

    def _follow_ups(self) -> Iterator[Gold]:
        ways = {
            "follow_reports_to": self._reports_to,
            "follow_objective": self._objective,
            "follow_count": self._count,
            "follow_direct": self._direct_reports,
        }
        for p, (template, write) in zip(self._some(), cycle(ways.items()), strict=False):
            first, persona = ask_about("functions", p, self._rng)
            gold = write(p)
            gold.question, _ = ask(template, self._rng)
            gold.history, gold.persona, gold.intent = [first], persona, "followup"
            yield gold
        yield from self._follow_function()
        yield from self._follow_other()

    def _follow_function(self) -> Iterator[Gold]:
        for p in self._some()[: self._per_intent // 2]:
            first, persona = ask_about("functions", p, self._rng)
            f = self._rng.choice(p.functions)
            question, _ = ask("follow_function", self._rng, n=str(f.number))
            gold = Gold(question, persona, "followup", history=[first], sections_any=[p.number])
            gold.pages, gold.facts = [f.page], each([opening(f.text, 8)])
            yield gold

    def _follow_other(self) -> Iterator[Gold]:
        for p in self._some()[: self._per_intent // 2]:
            other = self._rng.choice([x for x in self._unique if x is not p])
            first, persona = ask_about("reports_to", p, self._rng)
            gold = self._reports_to(other)
            gold.question, _ = ask_about("follow_other", other, self._rng)
            gold.history, gold.persona, gold.intent = [first], persona, "followup"
            yield gold
