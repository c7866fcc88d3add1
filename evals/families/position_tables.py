"""A position as a table: label and value side by side, one above the other, or in one cell."""

from evals.families.blocks import Row, Table, Text, TextKind
from evals.families.choices import TableForm
from evals.families.composer import Said, UnitDraft
from evals.families.positions import PositionSheet
from evals.families.style import relation_texts


class PositionTable(PositionSheet):
    """Prints a position as a table."""

    def print(self) -> None:
        """Print the position where we are, with a heading above it or a row for its title."""
        draft, rows = None, []
        if self.style.heading_above:
            number = self.number
            heading = Text(self.title, TextKind.HEADING, f"{number}." if number else "", level=2)
            draft = self.draft(self.composer.add(heading), number)
        elif self.rng.random() < 0.5:
            rows.append(Row(((Text(self.labels.identification, TextKind.LABEL),),)))
        title = self._title_text()
        draft = draft or self.draft(title, None)
        rows += self._identification(draft, title)
        rows += self._objective(draft)
        rows += self._functions(draft)
        if self.style.requirements:
            rows.append(self._pair(self.labels.requirements, *self.requirement_items()))
        self.composer.blocks.append(Table(tuple(rows), (0.28, 0.72)))

    @property
    def _form(self) -> TableForm:
        return self.style.table_form

    def _label(self, label: str) -> Text:
        return Text(self.composer.label(label), TextKind.LABEL)

    def _pair(self, label: str, *values: Text) -> Row:
        return Row(((self._label(label),), values))

    def _title_text(self) -> Text:
        if self._form is TableForm.INLINE:
            return self.inline(self.labels.title, self.title)
        return Text(self.title)

    def _identification(self, draft: UnitDraft, title: Text) -> list[Row]:
        boss, reports = self._organisation(draft)
        labels = self.labels
        if self._form is TableForm.INLINE:
            return [Row(((title,),)), Row(((boss,), (reports,)))]
        if self._form is TableForm.STACKED:
            names = (labels.title, labels.boss, labels.reports)
            head = Row(tuple((self._label(name),) for name in names))
            return [head, Row(((title,), (boss,), (reports,)))]
        rows = [self._pair(labels.title, title), *self._extras()]
        if self._form is TableForm.AUTHORITY:
            rows.append(self._pair("Autoridad y dependencia", boss, reports))
        else:
            rows += [self._pair(labels.boss, boss), self._pair(labels.reports, reports)]
        if self.style.sentences:
            relation = Text(self.rng.choice(relation_texts()))
            rows.append(self._pair(labels.relations, relation))
        return rows

    def _extras(self) -> list[Row]:
        code = f"{self.rng.randint(100, 999)}-{self.rng.randint(1, 9)}"
        cells = ["Código", code, "Nivel", str(self.rng.randint(1, 14))]
        kinds = (TextKind.LABEL, TextKind.PARAGRAPH, TextKind.LABEL, TextKind.PARAGRAPH)
        coded = Row(tuple((Text(c, kind),) for c, kind in zip(cells, kinds, strict=True)))
        area = self._pair("Área", Text(self.post.unit))
        return self.rng.choice([[], [coded], [area], [area, coded]])

    def _organisation(self, draft: UnitDraft) -> tuple[Text, Text]:
        """Who is above and who is below, as the texts that say so."""
        if self._form is TableForm.AUTHORITY:
            depends, commands = self.depends(), self.commands(draft)
            boss, reports = Text(depends.text), Text(commands.text)
            draft.boss = Said(depends.value, boss)
            draft.reports_printed = Said(commands.value, reports, commands.applies)
            return boss, reports
        told = self._form is TableForm.INLINE
        has_none = self.post.number == "1" and self.rng.random() < 0.4
        name = self.labels.none if has_none else self.boss
        boss = self.inline(self.labels.boss, name) if told else Text(name)
        draft.boss = Said(name, boss, applies=not has_none)
        printed = self.reports(draft)
        reports = self.inline(self.labels.reports, printed) if told else Text(printed)
        draft.reports_printed = Said(printed, reports, applies=bool(self.entries))
        return boss, reports

    def _objective(self, draft: UnitDraft) -> list[Row]:
        if self._form is TableForm.INLINE:
            text = self.inline(self.labels.objective, self.post.objective)
            draft.objective = Said(text.text, text)
            return [Row(((text,),))]
        text = Text(self.post.objective)
        draft.objective = Said(text.text, text)
        if self.style.objective_across or self._form is TableForm.STACKED:
            return [Row(((self._label(self.labels.objective),),)), Row(((text,),))]
        return [self._pair(self.labels.objective, text)]

    def _functions(self, draft: UnitDraft) -> list[Row]:
        items = self.items(draft)
        if not items:
            return [self._pair(self.labels.functions, Text(self.labels.none))]
        across = self.style.objective_across or self._form in (TableForm.INLINE, TableForm.STACKED)
        if self.style.one_cell and not across:
            return [self._pair(self.labels.functions, *items)]
        head = Row(((self._label(self.labels.functions),),))
        if self.style.one_cell:
            return [head, Row((tuple(items),))]
        if not self.style.function_rows_numbered:
            return [head, *(Row(((item,),)) for item in items)]
        return [head, *self._numbered(draft)]

    def _numbered(self, draft: UnitDraft) -> list[Row]:
        """A row a function, the number in a cell of its own."""
        texts = [Text(f) for f in self.post.functions]
        draft.functions = [Said(t.text, t) for t in texts]
        return [Row(((Text(str(n)),), (t,))) for n, t in enumerate(texts, 1)]
