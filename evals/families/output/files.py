"""Writes a manual in a format, and says which truth belongs to it."""

from enum import StrEnum
from pathlib import Path

from evals.families.manuals import Edition, FamilyManual
from evals.families.output.docx import write_docx
from evals.families.output.html import as_html
from evals.families.output.markdown import as_markdown
from evals.families.output.pdf import write_pdf
from evals.families.output.text import as_text
from evals.families.truth import FamilyTruth


class Format(StrEnum):
    """The formats that manuals are written in; `pdf2` is a PDF of two columns."""

    TXT = "txt"
    PDF = "pdf"
    PDF2 = "pdf2"
    DOCX = "docx"
    HTML = "html"
    MD = "md"

    @property
    def has_pages(self) -> bool:
        """Whether a reader can know the pages."""
        return self not in (Format.HTML, Format.MD)


def write_file(manual: FamilyManual, form: Format, folder: Path) -> Path:
    """Write the manual into a folder; gives the file."""
    suffix = "pdf" if form is Format.PDF2 else form.value
    stem = f"{manual.name}-2col" if form is Format.PDF2 else manual.name
    path = folder / f"{stem}.{suffix}"
    folder.mkdir(parents=True, exist_ok=True)
    edition = edition_of(manual, form)
    if form in (Format.PDF, Format.PDF2):
        write_pdf(manual, edition, path)
    elif form is Format.DOCX:
        write_docx(manual, edition, path)
    elif form is Format.HTML:
        path.write_text(as_html(manual, edition), "utf-8")
    elif form is Format.MD:
        path.write_text(as_markdown(edition), "utf-8")
    else:
        path.write_text(as_text(manual), "utf-8")
    return path


def edition_of(manual: FamilyManual, form: Format) -> Edition:
    """The pages that this format is printed on."""
    return manual.two_columns if form is Format.PDF2 else manual.one_column


def truth_of(manual: FamilyManual, form: Format) -> FamilyTruth:
    """What this format of the manual says."""
    return edition_of(manual, form).truth
