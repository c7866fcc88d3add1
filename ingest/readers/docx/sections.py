"""The sections of a Word document: each has its own page header, and may begin a page."""

from typing import TYPE_CHECKING

from docx.enum.section import WD_SECTION

from ingest.readers.docx.body import BodyReader
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.tokens import BREAKS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Header


class PageHeaders:
    """The page headers of a document, page after page and section after section."""

    def __init__(self, document: "Document", styles: Styles) -> None:
        self._sections = list(document.sections)
        self._reader = BodyReader(styles, Numbering(None, styles), page_fields=False)
        self._at = 0
        self._is_first_page = True

    def of_next_page(self) -> list[str]:
        """The lines of the header of the page that begins."""
        section = self._sections[self._at]
        is_other = self._is_first_page and section.different_first_page_header_footer
        self._is_first_page = False
        return self._lines(section.first_page_header if is_other else section.header)

    def next_section(self) -> bool:
        """Goes on to the next section; whether it begins a page."""
        if self._at + 1 >= len(self._sections):
            return False
        self._at += 1
        self._is_first_page = True
        return self._sections[self._at].start_type != WD_SECTION.CONTINUOUS

    def _lines(self, header: "_Header") -> list[str]:
        return [line for line in self._reader.lines(header._element) if line not in BREAKS]
