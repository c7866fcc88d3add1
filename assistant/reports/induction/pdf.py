"""The pack as a PDF on letter paper."""

from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from assistant.answering.answer import Citation
from assistant.render.places import marks
from assistant.reports.charting.typography import register_fonts
from assistant.reports.induction.html import letter
from assistant.reports.induction.pack import InductionPack, Part, PartKind

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_INK, _ACCENT, _SOFT, _WARN = "#1d2733", "#0b5d6b", "#51606f", "#8a4b00"
_REGULAR, _BOLD = "Manual", "Manual-Bold"
_MARGIN_MM = 20
_FURTHEST = 0.62
"""Share of the page's height that a picture may take."""


def pack_pdf(pack: InductionPack, picture: bytes = b"") -> bytes:
    """The document; `picture` is the PNG of the position's branch."""
    from reportlab.lib.pagesizes import letter as letter_paper
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    register_fonts()
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=letter_paper,
        leftMargin=_MARGIN_MM * mm,
        rightMargin=_MARGIN_MM * mm,
        topMargin=_MARGIN_MM * mm,
        bottomMargin=_MARGIN_MM * mm,
        title=f"Inducción: {pack.title} ({pack.position})",
        author="Asistente del Manual",
        subject=f"{pack.manual}, versión {pack.version}",
        lang="es-MX",
    )
    foot = partial(_footer, f"{pack.manual}, versión {pack.version} · {pack.title}")
    document.build(list(_story(pack, picture, document)), onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def _story(pack: InductionPack, picture: bytes, document: Any) -> Iterator["Flowable"]:
    from reportlab.platypus import PageBreak, Paragraph, Spacer

    styles = _styles()
    about = f"{pack.dependency} · {pack.manual}, versión {pack.version}, {pack.emission}"
    yield Paragraph(escape(about), styles["soft"])
    yield Paragraph(escape(f"Inducción al puesto: {pack.title} ({pack.position})"), styles["title"])
    yield Paragraph(escape(pack.welcome), styles["body"])
    for part in pack.parts:
        yield from _part(part, styles)
        if part.kind is PartKind.PLACE and picture:
            yield Spacer(1, 6)
            yield _image(picture, document.width, document.height * _FURTHEST)
    if not pack.quiz:
        return
    # no break before it: a page of its own would leave two lines alone on the page before
    yield from _quiz(pack, styles)
    yield PageBreak()
    yield Paragraph("Respuestas", styles["heading"])
    for i, question in enumerate(pack.quiz, 1):
        answer = f"{i}: {letter(question.right)}. {question.explanation}"
        yield Paragraph(escape(answer), styles["body"])


def _part(part: Part, styles: dict[str, Any]) -> Iterator["Flowable"]:
    from reportlab.platypus import KeepTogether, Paragraph

    warning = part.kind is PartKind.DISCREPANCIES
    opening = [Paragraph(escape(part.title), styles["warning" if warning else "heading"])]
    if part.lead:
        opening.append(Paragraph(escape(part.lead), styles["body"]))
    alone = len(part.statements) == 1
    told = []
    for statement in part.statements:
        cited = f' <font color="{_SOFT}" size="8">{escape(_unbroken(statement.citations))}</font>'
        text = escape(statement.text) + cited
        if alone and not statement.number:
            told.append(Paragraph(text, styles["body"]))
        else:
            bullet = f"{statement.number}." if statement.number else "•"
            told.append(Paragraph(text, styles["item"], bulletText=bullet))
    yield KeepTogether([*opening, told[0]])
    yield from told[1:]


def _quiz(pack: InductionPack, styles: dict[str, Any]) -> Iterator["Flowable"]:
    from reportlab.platypus import KeepTogether, Paragraph

    opening = [Paragraph("Compruebe lo que sabe", styles["heading"])]
    for i, question in enumerate(pack.quiz, 1):
        options = [
            Paragraph(escape(option), styles["item"], bulletText=f"{letter(j)}.")
            for j, option in enumerate(question.options)
        ]
        asked = Paragraph(escape(f"{i}. {question.question}"), styles["question"])
        yield KeepTogether([*opening, asked, *options])
        opening = []


def _image(picture: bytes, width: float, height: float) -> "Flowable":
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Image

    own_width, own_height = ImageReader(BytesIO(picture)).getSize()
    scale = min(width / own_width, height / own_height)
    return Image(BytesIO(picture), own_width * scale, own_height * scale)


def _unbroken(citations: Sequence[Citation]) -> str:
    """The marks of citations, each kept on one line."""
    return " ".join(marks([c]).replace(" ", "\u00a0") for c in dict.fromkeys(citations))


def _styles() -> dict[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    body = ParagraphStyle(
        "body",
        fontName=_REGULAR,
        fontSize=10,
        leading=14,
        spaceAfter=4,
        textColor=HexColor(_INK),
        allowWidows=0,
        allowOrphans=0,
    )
    heading = ParagraphStyle(
        "heading",
        parent=body,
        fontName=_BOLD,
        fontSize=12.5,
        leading=16,
        spaceBefore=12,
        textColor=HexColor(_ACCENT),
    )
    return {
        "body": body,
        "heading": heading,
        "warning": ParagraphStyle("warning", parent=heading, textColor=HexColor(_WARN)),
        "title": ParagraphStyle(
            "title", parent=heading, fontSize=18, leading=22, spaceBefore=4, spaceAfter=8
        ),
        "soft": ParagraphStyle("soft", parent=body, fontSize=9, textColor=HexColor(_SOFT)),
        "item": ParagraphStyle("item", parent=body, leftIndent=22, bulletIndent=2),
        "question": ParagraphStyle("question", parent=body, fontName=_BOLD, spaceBefore=8),
    }


def _footer(text: str, canvas: Any, document: Any) -> None:
    from reportlab.lib.units import mm

    canvas.saveState()
    canvas.setFont(_REGULAR, 8)
    canvas.setFillGray(0.35)
    canvas.drawString(_MARGIN_MM * mm, 11 * mm, text[:110])
    right = document.pagesize[0] - _MARGIN_MM * mm
    canvas.drawRightString(right, 11 * mm, f"Página {document.page}")
    canvas.restoreState()
