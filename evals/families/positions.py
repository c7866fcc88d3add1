"""Positions with labels: a table each, or lines and sentences without a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from evals.families.blocks import Row, Table, Text, TextKind
from evals.families.composer import Composer, Said, UnitDraft
from evals.families.numerals import marker
from evals.families.office import Post
from evals.families.style import UnitNumber, relation_texts, requirement_items


def entries_text(entries: Sequence[str], rng: Random) -> str:
    """Names as a list in a sentence."""
    if len(entries) < 2:
        return "".join(entries)
    joiner = rng.choice([", ", " y ", "; "])
    separator = "; " if joiner == "; " else ", "
    return separator.join(entries[:-1]) + joiner + entries[-1]


def write_positions(composer: Composer, posts: Sequence[Post], rng: Random) -> None:
    """All positions, each in the layout of the style's family."""
    is_table = composer.style.family.value != "labelled"
    for at, post in enumerate(posts):
        if at and composer.style.page_per_unit:
            composer.new_page()
        sheet = _Sheet(composer, post, rng)
        if is_table:
            sheet.table()
        else:
            sheet.lines()


@dataclass
class _Sheet:
    composer: Composer
    post: Post
    rng: Random

    def __post_init__(self) -> None:
        post, style = self.post, self.composer.style
        self.style = style
        self.labels = style.labels
        self.title = post.person if style.person_titles else post.unit
        self.boss = post.boss_person if style.person_titles else post.boss_unit
        entries = post.person_reports if style.person_titles else post.unit_reports
        self.entries = entries

    @property
    def _number(self) -> str | None:
        return self.post.number if self.style.unit_number is UnitNumber.DECIMAL else None

    def _reports(self) -> tuple[str, tuple[str, ...]]:
        """ "Who reports to it" as printed, and the names."""
        printed = entries_text([e.printed for e in self.entries], self.rng)
        return printed or self.labels.nothing, tuple(e.name for e in self.entries)

    def _draft(self, heading: Text, number: str | None) -> UnitDraft:
        draft = UnitDraft(self.title, number, heading)
        self.composer.units.append(draft)
        return draft

    # with a table

    def table(self) -> None:
        """The position as a table, with a heading above it or a row for its title."""
        draft = None
        rows = []
        if self.style.heading_above:
            number = self._number
            heading = Text(self.title, TextKind.HEADING, f"{number}." if number else "", level=2)
            draft = self._draft(self.composer.add(heading), number)
        elif self.rng.random() < 0.5:
            rows.append(Row(((Text(self.labels.identification, TextKind.LABEL),),)))
        value = Text(self.title)
        rows.append(self._pair(self.labels.title, value))
        draft = draft or self._draft(value, None)
        rows += self._extras()
        rows += self._organisation(draft)
        rows += self._objective(draft)
        rows += self._functions(draft)
        if self.style.requirements:
            rows += self._requirements()
        self.composer.blocks.append(Table(tuple(rows), (0.28, 0.72)))

    def _pair(self, label: str, *values: Text) -> Row:
        return Row(((Text(self.composer.label(label), TextKind.LABEL),), values))

    def _extras(self) -> list[Row]:
        code = f"{self.rng.randint(100, 999)}-{self.rng.randint(1, 9)}"
        cells = ["Código", code, "Nivel", str(self.rng.randint(1, 14))]
        kinds = (TextKind.LABEL, TextKind.PARAGRAPH, TextKind.LABEL, TextKind.PARAGRAPH)
        coded = Row(tuple((Text(c, kind),) for c, kind in zip(cells, kinds, strict=True)))
        area = self._pair("Área", Text(self.post.unit))
        return self.rng.choice([[], [coded], [area], [area, coded]])

    def _organisation(self, draft: UnitDraft) -> list[Row]:
        boss = Text(self.boss)
        draft.boss = Said(self.boss, boss)
        if self.post.number == "1" and self.rng.random() < 0.4:
            boss = Text(self.labels.nothing)
            draft.boss = Said(boss.text, boss, applies=False)
        printed, draft.reports = self._reports()
        reports = Text(printed)
        draft.reports_printed = Said(printed, reports, applies=bool(self.entries))
        rows = [self._pair(self.labels.boss, boss), self._pair(self.labels.reports, reports)]
        if self.style.sentences:
            relation = Text(self.rng.choice(relation_texts()))
            rows.append(self._pair(self.labels.relations, relation))
        return rows

    def _objective(self, draft: UnitDraft) -> list[Row]:
        text = Text(self.post.objective)
        draft.objective = Said(text.text, text)
        if not self.style.objective_across:
            return [self._pair(self.labels.objective, text)]
        label = Text(self.composer.label(self.labels.objective), TextKind.LABEL)
        return [Row(((label,),)), Row(((text,),))]

    def _items(self, draft: UnitDraft) -> list[Text]:
        items = [
            Text(f, TextKind.ITEM, marker(self.style.marker, n))
            for n, f in enumerate(self.post.functions, 1)
        ]
        draft.functions = [Said(i.text, i) for i in items]
        return items

    def _functions(self, draft: UnitDraft) -> list[Row]:
        label = self.composer.label(self.labels.functions)
        items = self._items(draft)
        if not items:
            return [self._pair(self.labels.functions, Text(self.labels.nothing))]
        if self.style.one_cell and not self.style.objective_across:
            return [self._pair(self.labels.functions, *items)]
        head = Row(((Text(label, TextKind.LABEL),),))
        if self.style.one_cell:
            return [head, Row((tuple(items),))]
        if not self.style.function_rows_numbered:
            return [head, *(Row(((i,),)) for i in items)]
        return [head, *self._numbered(draft)]

    def _numbered(self, draft: UnitDraft) -> list[Row]:
        """A row a function, the number in a cell of its own."""
        texts = [Text(f) for f in self.post.functions]
        draft.functions = [Said(t.text, t) for t in texts]
        return [Row(((Text(str(n)),), (t,))) for n, t in enumerate(texts, 1)]

    def _requirements(self) -> list[Row]:
        chosen = self.rng.sample(requirement_items(), 3)
        return [self._pair(self.labels.requirements, *self._requirement_items(chosen))]

    def _requirement_items(self, chosen: Sequence[str]) -> list[Text]:
        return [
            Text(f, TextKind.ITEM, marker(self.style.marker, n)) for n, f in enumerate(chosen, 1)
        ]

    # without a table

    def lines(self) -> None:
        """The position as lines with labels, or with sentences on its boss and reports."""
        number = self._number
        heading = Text(self.title, TextKind.HEADING, f"{number}." if number else "", level=2)
        if number is None:
            label = self.labels.title
            heading = Text(self.title, TextKind.HEADING, f"{self.composer.label(label)}", level=2)
            if not self.style.colon:
                heading = Text(self.title, TextKind.HEADING, f"{self.composer.label(label)}:", 2)
        draft = self._draft(self.composer.add(heading), number)
        write_organisation = self._sentences if self.style.sentences else self._labelled
        first = self.rng.random() < 0.5
        if first:
            write_organisation(draft)
        self._own_line(self.labels.objective)
        objective = self.composer.put(self.post.objective)
        draft.objective = Said(objective.text, objective)
        if not first:
            write_organisation(draft)
        self._own_line(self.labels.functions)
        for item in self._items(draft):
            self.composer.add(item)
        if not self.post.functions:
            self.composer.put(self.labels.nothing)
        if self.style.requirements:
            self._own_line(self.labels.requirements)
            for item in self._requirement_items(self.rng.sample(requirement_items(), 3)):
                self.composer.add(item)

    def _own_line(self, label: str) -> None:
        self.composer.add(Text(self.composer.label(label), TextKind.LABEL, level=3))

    def _labelled(self, draft: UnitDraft) -> None:
        def line(label: str, value: str) -> Text:
            shown = self.composer.label(label)
            lead = shown if shown.endswith(":") else f"{shown}:"
            return self.composer.add(Text(value, marker=lead, whole=True))

        draft.boss = Said(self.boss, line(self.labels.boss, self.boss))
        printed, draft.reports = self._reports()
        text = line(self.labels.reports, printed)
        draft.reports_printed = Said(printed, text, applies=bool(self.entries))

    def _sentences(self, draft: UnitDraft) -> None:
        subject = f"{self.post.article} {self.title}"
        article = self.post.boss_article
        if self.style.person_titles:
            subject, article = f"el {self.title}", "el"
        boss = f"{article} {self.boss}"
        depends = self.labels.depends_sentence.format(
            Unit=subject[0].upper() + subject[1:], boss=boss
        )
        depends = depends.replace(" de el ", " del ").replace(" a el ", " al ")
        text = self.composer.add(Text(depends, whole=True))
        draft.boss = Said(self.boss, text)
        if self.entries:
            printed, draft.reports = self._reports()
            said = self.labels.commands_sentence.format(reports=printed)
            draft.reports_printed = Said(printed, self.composer.add(Text(said, whole=True)))
