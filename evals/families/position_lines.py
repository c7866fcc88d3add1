"""A position without a table: labels on their own lines or before what they say, or sentences."""

from evals.families.blocks import Text, TextKind
from evals.families.composer import Said, UnitDraft
from evals.families.numerals import roman
from evals.families.positions import PositionSheet


class PositionLines(PositionSheet):
    """Prints a position as lines."""

    def print(self) -> None:
        """Print the position where we are."""
        self._parts = 0
        draft = self._heading()
        write_organisation = self._sentences if self.style.sentences else self._labelled
        first = self.rng.random() < 0.5
        if first:
            write_organisation(draft)
        self._objective(draft)
        if not first:
            write_organisation(draft)
        self._own_line(self.labels.functions)
        for item in self.items(draft):
            self.composer.add(item)
        if not self.post.functions:
            self.composer.put(self.labels.none)
        if self.style.requirements:
            self._own_line(self.labels.requirements)
            for item in self.requirement_items():
                self.composer.add(item)

    def _heading(self) -> UnitDraft:
        number = self.number
        if number is None:
            label = self.composer.label(self.labels.title)
            lead = label if label.endswith(":") else f"{label}:"
        else:
            lead = f"{number}."
        heading = Text(self.title, TextKind.HEADING, lead, level=2)
        return self.draft(self.composer.add(heading), number)

    def _own_line(self, label: str) -> None:
        self._parts += 1
        lead = f"{roman(self._parts)}." if self.style.numbered_labels else ""
        self.composer.add(Text(self.composer.label(label), TextKind.LABEL, lead, level=3))

    def _objective(self, draft: UnitDraft) -> None:
        if self.style.inline_objective:
            text = self.composer.add(self.inline(self.labels.objective, self.post.objective))
        else:
            self._own_line(self.labels.objective)
            text = self.composer.put(self.post.objective)
        draft.objective = Said(text.text, text)

    def _labelled(self, draft: UnitDraft) -> None:
        boss = self.composer.add(self.inline(self.labels.boss, self.boss))
        draft.boss = Said(self.boss, boss)
        reports = self.composer.add(self.inline(self.labels.reports, self.reports(draft)))
        draft.reports_printed = Said(reports.text, reports, applies=bool(self.entries))

    def _sentences(self, draft: UnitDraft) -> None:
        depends = self.depends()
        text = self.composer.add(Text(depends.text, whole=True))
        draft.boss = Said(depends.value, text)
        if self.entries:
            commands = self.commands(draft)
            text = self.composer.add(Text(commands.text, whole=True))
            draft.reports_printed = Said(commands.value, text)
