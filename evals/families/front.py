"""What stands around the units: cover, contents, introduction, law, structure, directory."""

from random import Random

from reportlab.pdfbase.pdfmetrics import stringWidth

from evals.families.blocks import Block, PageBreak, Text, TextKind
from evals.families.choices import UnitNumber
from evals.families.composer import Composer
from evals.families.layout import FONT, SIZE, Laid
from evals.generated.vocabulary import common


def cover(composer: Composer) -> list[Block]:
    """The cover page."""
    office, style = composer.office, composer.style
    lines = [composer.capitals(office.name), f"{office.city}, {office.administration}"]
    title = Text(composer.capitals(style.country.document), TextKind.COVER, level=0)
    return [title, *(Text(line, TextKind.COVER) for line in lines), PageBreak()]


def contents(composer: Composer, laid: Laid | None, width: float) -> list[Block]:
    """The table of contents in a column of this width.

    Without pages, lines of the same length in its place.
    """
    lines: list[Block] = [Text(composer.capitals("Índice"), TextKind.HEADING)]

    def page(text: Text) -> int:
        return laid.page_of(text) if laid else 888

    for chapter in (c for c in composer.chapters if not c.is_part):
        lead = composer.capitals(chapter.lead)
        lines.append(_leader(f"{lead} {chapter.title}".strip(), page(chapter.heading), width))
        is_body = any(chapter.title == composer.capitals(t) for t in body_titles(composer))
        if composer.style.contents_lists_units and is_body:
            numbered = composer.style.unit_number is not UnitNumber.NONE
            for unit in composer.units:
                number = f"{unit.number} " if unit.number and numbered else ""
                lines.append(_leader(f"{number}{unit.title}", page(unit.heading), width))
    return [*lines, PageBreak()]


def body_titles(composer: Composer) -> list[str]:
    """The titles of chapters that hold the units."""
    chapters = composer.style.labels.chapters
    return [chapters["sheets"], chapters["units"], chapters["attributions"]]


def _leader(title: str, page: int, width: float) -> Text:
    room = width - stringWidth(f"{title}  888", FONT, SIZE)
    if room < 0:  # goes on a second line
        room = 2 * width - stringWidth(f"{title}  888", FONT, SIZE) - width / 4
    dots = max(3, int(room * 0.95 / stringWidth(".", FONT, SIZE)))
    return Text(f"{title} {'.' * dots} {page}", TextKind.CONTENTS)


def write_before(composer: Composer, rng: Random) -> None:
    """The chapters before the units."""
    style, office, words = composer.style, composer.office, common()
    titles, local = style.labels.chapters, style.country.localised
    values = {
        "city": office.city, "state": office.state, "administration": office.administration,
        "the": f"la {office.name}", "The": f"La {office.name}", "of": f"de la {office.name}",
        "to": f"a la {office.name}", "topic": office.topic, "count": "tres",
    }  # fmt: skip
    composer.chapter(titles["introduction"])
    for text in rng.choice(words.data["prose"]["introduction"]):
        composer.put(local(text.format(**values)))
    if rng.random() < 0.6:
        composer.chapter(titles["background"])
        for text in rng.choice(words.data["prose"]["background"])[:2]:
            composer.put(local(text.format(**values)))
    composer.chapter(titles["law"])
    for law in office.laws:
        composer.put(f"{law}.", TextKind.ITEM, rng.choice(["-", "•"]))
    if rng.random() < 0.6:
        composer.chapter(titles["mission"])
        composer.put(office.mission)
        composer.put(office.vision)
    composer.chapter(titles["structure"])
    for post in office.posts:
        name = post.person if composer.style.person_titles else post.unit
        composer.put(name, TextKind.ITEM, f"{post.number}.")
    if style.chart:
        composer.chapter("ORGANIGRAMA")
        for post in office.posts:
            composer.put(composer.capitals(post.unit))


def write_after(composer: Composer, rng: Random) -> None:
    """The chapters after the units."""
    titles, words = composer.style.labels.chapters, common()
    if rng.random() < 0.6:
        composer.chapter(titles["glossary"])
        for term, meaning in _GLOSSARY:
            composer.put(meaning, marker=f"{term}:")
    if rng.random() < 0.6:
        composer.chapter(titles["directory"])
        for post in composer.office.posts[:4]:
            surnames = " ".join(rng.sample(words.texts("surnames"), 2))
            composer.put(f"{rng.choice(words.texts('first_names'))} {surnames}")
            composer.put(post.person, TextKind.ITEM)
    if rng.random() < 0.6:
        composer.chapter(titles["changes"])
        composer.put(f"Primera edición, {composer.office.emission}. Elaboración del documento.")


_GLOSSARY = (
    ("Estructura", "conjunto ordenado de las unidades que forman la entidad"),
    ("Procedimiento", "sucesión de pasos que se siguen para realizar una actividad"),
    ("Unidad", "cada una de las áreas que integran la entidad"),
)
