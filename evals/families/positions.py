"""What a position's sheet says, whatever the layout that it is printed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from evals.families.blocks import Text, TextKind
from evals.families.choices import UnitNumber
from evals.families.composer import Composer, Said, UnitDraft
from evals.families.numerals import marker
from evals.families.office import Post
from evals.families.style import requirement_items


def entries_text(entries: Sequence[str], rng: Random) -> str:
    """Names as a list in a sentence."""
    if len(entries) < 2:
        return "".join(entries)
    joiner = rng.choice([", ", " y ", "; "])
    separator = "; " if joiner == "; " else ", "
    return separator.join(entries[:-1]) + joiner + entries[-1]


@dataclass(frozen=True)
class Sentence:
    """A sentence on who is above or below, and the name in it."""

    text: str
    value: str
    applies: bool = True


class PositionSheet:
    """A position, with its names in the style's gender of words: of persons or of units."""

    def __init__(self, composer: Composer, post: Post, rng: Random) -> None:
        self.composer = composer
        self.post = post
        self.rng = rng
        self.style = composer.style
        self.labels = composer.style.labels
        persons = self.style.person_titles
        self.title = post.person if persons else post.unit
        self.boss = post.boss_person if persons else post.boss_unit
        self.entries = post.person_reports if persons else post.unit_reports

    @property
    def number(self) -> str | None:
        """The printed number, if positions have one in this manual."""
        return self.post.number if self.style.unit_number is UnitNumber.DECIMAL else None

    def draft(self, heading: Text, number: str | None) -> UnitDraft:
        """Open the record of the position."""
        draft = UnitDraft(self.title, number, heading)
        self.composer.units.append(draft)
        return draft

    def reports(self, draft: UnitDraft) -> str:
        """Who reports to it, as printed; their names go to the record."""
        draft.reports = tuple(e.name for e in self.entries)
        printed = entries_text([e.printed for e in self.entries], self.rng)
        return printed or self.labels.nothing

    def depends(self) -> Sentence:
        """Who is above, as a sentence."""
        subject, article = f"{self.post.article} {self.title}", self.post.boss_article
        if self.style.person_titles:
            subject, article = f"el {self.title}", "el"
        said = self.labels.depends_sentence.format(
            Unit=subject[0].upper() + subject[1:], boss=f"{article} {self.boss}"
        )
        return Sentence(said.replace(" de el ", " del ").replace(" a el ", " al "), self.boss)

    def commands(self, draft: UnitDraft) -> Sentence:
        """Who is below, as a sentence."""
        printed = self.reports(draft)
        if not self.entries:
            said = "No tiene personal a su cargo."
            return Sentence(said, said, applies=False)
        return Sentence(self.labels.commands_sentence.format(reports=printed), printed)

    def inline(self, label: str, value: str) -> Text:
        """A label and what it says on one line."""
        shown = self.composer.label(label)
        return Text(value, marker=shown if shown.endswith(":") else f"{shown}:", whole=True)

    def items(self, draft: UnitDraft) -> list[Text]:
        """The functions with their markers."""
        items = self._marked(self.post.functions)
        draft.functions = [Said(item.text, item) for item in items]
        return items

    def requirement_items(self) -> list[Text]:
        """What is asked of who holds the position."""
        return self._marked(self.rng.sample(requirement_items(), 3))

    def _marked(self, texts: Sequence[str]) -> list[Text]:
        return [
            Text(text, TextKind.ITEM, marker(self.style.marker, n, self.style.bullet))
            for n, text in enumerate(texts, 1)
        ]
