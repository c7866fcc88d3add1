"""Gathers the blocks of a manual, and which text says what, until the pages are known."""

from dataclasses import dataclass, field

from evals.families.blocks import Block, PageBreak, Text, TextKind
from evals.families.choices import Numerals
from evals.families.layout import Laid
from evals.families.numerals import chapter_lead, chapter_number
from evals.families.office import Office
from evals.families.style import Style
from evals.families.truth import ChapterTruth, Field, FunctionTruth, UnitTruth
from evals.generated.wording import unaccented


@dataclass(frozen=True, eq=False)
class Said:
    """A field's value, and the text that it stands in."""

    value: str
    text: Text
    applies: bool = True

    def at(self, laid: Laid) -> Field:
        """The field with its page."""
        return Field(self.value, laid.page_of(self.text), self.applies)


@dataclass(eq=False)
class UnitDraft:
    """A unit as it was printed, before its pages are known."""

    title: str
    number: str | None
    heading: Text
    boss: Said | None = None
    reports_printed: Said | None = None
    reports: tuple[str, ...] = ()
    objective: Said | None = None
    functions: list[Said] = field(default_factory=list)

    def at(self, laid: Laid) -> UnitTruth:
        """The truth of it, on these pages."""
        return UnitTruth(
            title=self.title,
            number=self.number,
            page=laid.page_of(self.heading),
            boss=self.boss.at(laid) if self.boss else None,
            reports_printed=self.reports_printed.at(laid) if self.reports_printed else None,
            reports=self.reports,
            objective=self.objective.at(laid) if self.objective else None,
            functions=tuple(FunctionTruth(f.value, laid.page_of(f.text)) for f in self.functions),
        )


@dataclass(eq=False)
class ChapterDraft:
    """A chapter's heading as printed."""

    title: str
    number: str | None
    lead: str
    heading: Text
    is_part: bool = False

    def at(self, laid: Laid) -> ChapterTruth:
        """The truth of it, on these pages."""
        return ChapterTruth(self.title, self.number, laid.page_of(self.heading), self.is_part)


@dataclass(eq=False)
class Composer:
    """Prints blocks in a style, and keeps the record of chapters and units."""

    style: Style
    office: Office
    blocks: list[Block] = field(default_factory=list)
    chapters: list[ChapterDraft] = field(default_factory=list)
    units: list[UnitDraft] = field(default_factory=list)

    def put(self, text: str, kind: TextKind = TextKind.PARAGRAPH, marker: str = "") -> Text:
        """Print a text; gives it, to ask for its page later."""
        return self.add(Text(text, kind, marker))

    def add(self, text: Text) -> Text:
        """Print a text that was made elsewhere."""
        self.blocks.append(text)
        return text

    def new_page(self) -> None:
        """Begin a page."""
        self.blocks.append(PageBreak())

    def capitals(self, text: str) -> str:
        """A text in capitals, without accents where the style drops them."""
        upper = text.upper()
        return "Ñ".join(map(unaccented, upper.split("Ñ"))) if self.style.bare_capitals else upper

    def label(self, text: str) -> str:
        """A label as this manual prints it."""
        shown = self.capitals(text) if self.style.capital_labels else text
        return f"{shown}:" if self.style.colon and not shown.endswith(":") else shown

    def chapter(self, title: str, numbered: bool = True) -> None:
        """Open a chapter, on a new page where units have pages of their own."""
        if self.style.page_per_unit:
            self.new_page()
        title = self.capitals(title)
        kind = self.style.numerals
        count = sum(c.lead != "" for c in self.chapters) + 1
        lead = chapter_lead(kind, count) if numbered else ""
        if kind is Numerals.CHAPTER_LINE and lead:
            heading = self.add(Text(self.capitals(lead), TextKind.HEADING))
            self.add(Text(title, TextKind.HEADING))
        else:
            heading = self.add(Text(title, TextKind.HEADING, self.capitals(lead)))
        number = chapter_number(kind, count) if numbered else None
        self.chapters.append(ChapterDraft(title, number, lead, heading))

    @property
    def chapter_count(self) -> int:
        """How many numbered chapters there are so far."""
        return sum(c.lead != "" for c in self.chapters)
