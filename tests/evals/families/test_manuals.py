"""Made-up manuals of any layout keep their word: what the truth says stands on that page."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from evals.families.choices import Family, HeaderKind, Numerals
from evals.families.layout import PAGE_WIDTH, breaks
from evals.families.manuals import FamilyManual, make
from evals.families.numerals import letter, roman
from evals.families.output.files import Format, truth_of, write_file
from evals.families.output.text import as_text
from evals.families.scoring import squashed
from evals.families.style import HELDOUT_FROM, draw_style
from evals.families.truth import FamilyTruth


@pytest.fixture(scope="module", params=list(Family))
def manual(request: pytest.FixtureRequest) -> FamilyManual:
    return make(request.param, seed=3, positions=9)


def held_to(truth: FamilyTruth, pages: dict[int, str]) -> None:
    """Every text of the truth begins on its page (white space and hyphens apart)."""
    found = {number: squashed(text) for number, text in pages.items()}
    for unit in truth.units:
        # a capital heading may be "DE LA …" where the unit is named in a chapter's title
        assert squashed(unit.title)[:30] in found[unit.page]
        for field in (unit.boss, unit.reports_printed, unit.objective):
            assert field is None or squashed(field.text)[:20] in found[field.page]
        for function in unit.functions:
            assert squashed(function.text)[:20] in found[function.page]
    for chapter in truth.chapters:
        assert squashed(chapter.title)[:12] in found[chapter.page]


def test_the_same_seed_gives_the_same_manual() -> None:
    assert as_text(make(Family.MIXED, 5)) == as_text(make(Family.MIXED, 5))
    assert as_text(make(Family.MIXED, 5)) != as_text(make(Family.MIXED, 6))


def test_text_says_what_the_truth_says(manual: FamilyManual) -> None:
    pages = dict(enumerate(as_text(manual).split("\f"), 1))
    truth = truth_of(manual, Format.TXT)
    assert len(pages) == truth.pages
    held_to(truth, pages)


@pytest.mark.parametrize("form", [Format.PDF, Format.PDF2])
def test_pdf_says_what_the_truth_says(manual: FamilyManual, form: Format, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    truth = truth_of(manual, form)
    middle = PAGE_WIDTH / 2 if form is Format.PDF2 else PAGE_WIDTH
    with pdfium.PdfDocument(write_file(manual, form, tmp_path)) as pdf:
        texts = [page.get_textpage() for page in pdf]
        left = [text.get_text_bounded(right=middle) for text in texts]
        right = [text.get_text_bounded(left=middle) for text in texts]
    assert len(texts) == truth.pages
    found = {
        at: squashed("".join(sides)) for at, sides in enumerate(zip(left, right, strict=True), 1)
    }
    # fields stand in narrow cells side by side, so only functions are sure to be read in one go
    for unit in truth.units:
        for function in unit.functions:
            assert squashed(function.text)[:20] in found[function.page]


def test_docx_html_and_markdown_hold_every_text(manual: FamilyManual, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(str(write_file(manual, Format.DOCX, tmp_path)))
    html = write_file(manual, Format.HTML, tmp_path).read_text("utf-8")
    texts = {
        Format.DOCX: "".join(document.element.body.itertext()),
        Format.HTML: re.sub(r"<[^>]+>", "", html),
        Format.MD: write_file(manual, Format.MD, tmp_path).read_text("utf-8"),
    }
    for form, text in texts.items():
        found = squashed(text)
        for unit in truth_of(manual, form).units:
            assert squashed(unit.title) in found
            for function in unit.functions:
                assert squashed(function.text) in found


def test_automatic_numbers_stand_in_no_text_of_word(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    manual = make(Family.UNITS, seed=2, positions=9)
    document = docx.Document(str(write_file(manual, Format.DOCX, tmp_path)))
    first = manual.one_column.truth.units[0].functions[0].text
    (paragraph,) = [p for p in document.paragraphs if p.text.endswith(first)]
    assert paragraph.text == first
    assert paragraph._p.pPr.numPr is not None


def test_page_breaks_of_word_are_those_of_the_truth(manual: FamilyManual, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(str(write_file(manual, Format.DOCX, tmp_path)))
    breaks_noted = document.element.body.xpath(".//w:lastRenderedPageBreak")
    assert len(breaks_noted) + 1 == truth_of(manual, Format.DOCX).pages


def test_units_that_nothing_was_printed_of_are_told_from_those_with_none() -> None:
    units = [u for seed in range(12) for u in make(Family.TABLE, seed).one_column.truth.units]
    assert {u.boss.applies for u in units if u.boss} == {True, False}
    assert any(u.reports_printed and not u.reports_printed.applies for u in units)
    assert all(u.boss is None for u in make(Family.UNITS, 1).one_column.truth.units)
    assert any(not u.functions for u in units)


def test_some_functions_run_over_page_breaks_and_some_words_are_broken() -> None:
    editions = [make(Family.UNITS, seed).two_columns for seed in range(3)]
    units = [unit for edition in editions for unit in edition.truth.units]
    assert any({f.page for f in u.functions} - {u.page} for u in units)
    slots = [slot for e in editions for page in e.laid.pages for slot in page.slots()]
    assert any(piece.hyphen for slot in slots for piece in slot.pieces)


def test_heldout_wordings_are_for_heldout_seeds_only() -> None:
    seeds = range(HELDOUT_FROM + 40)
    styles = [draw_style(family, seed) for family in Family for seed in seeds]
    dev = [s for s in styles if not s.heldout]
    held = [s for s in styles if s.heldout]
    assert {HeaderKind.FOLIO, HeaderKind.SIGLAS} <= {s.header for s in held}
    assert not {HeaderKind.FOLIO, HeaderKind.SIGLAS} & {s.header for s in dev}
    assert not {Numerals.CHAPTER_ORDINAL, Numerals.CHAPTER_ARABIC} & {s.numerals for s in dev}
    assert {s.labels.boss for s in held} > {s.labels.boss for s in dev}


@pytest.mark.parametrize(("number", "numeral"), [(1, "I"), (4, "IV"), (19, "XIX"), (44, "XLIV")])
def test_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral


def test_letters_go_on_after_z() -> None:
    assert [letter(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]


def test_words_are_broken_between_vowel_and_consonant() -> None:
    parts = [0, *breaks("coordinación,"), len("coordinación,")]
    assert ["coordinación,"[a:b] for a, b in pairwise(parts)] == ["coordi", "na", "ción,"]
    assert breaks("ISO-9001") == breaks("corto") == []
