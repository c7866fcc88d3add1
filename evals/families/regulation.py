"""Reglamentos: títulos, chapters named for the units, articles and fractions."""

from random import Random

from evals.families.blocks import Text, TextKind
from evals.families.composer import ChapterDraft, Composer, Said, UnitDraft
from evals.families.numerals import ordinal, roman
from evals.families.office import Post
from evals.families.unit_blocks import sentence

_ABSENCES = (
    "Las ausencias temporales de las personas titulares serán suplidas por quien ellas designen.",
    "Cuando la ausencia exceda de quince días, la suplencia será autorizada por el superior "
    "jerárquico.",
)


class RegulationWriter:
    """Writes the body of a reglamento."""

    def __init__(self, composer: Composer, rng: Random) -> None:
        self._composer = composer
        self._rng = rng
        self._article = 0
        self._chapter = 0
        self._lead = rng.choice(["Artículo {n}.-", "Artículo {n}.", "ARTÍCULO {n}.-", "Art. {n}.-"])
        self._ordinal = rng.random() < 0.3
        self._one_line = rng.random() < 0.4
        self._of = rng.random() < 0.8
        """Chapters are named "DE LA DIRECCIÓN …", not "DIRECCIÓN …"."""

    def write(self) -> None:
        """Disposiciones generales, the units, suplencias, transitorios."""
        office, composer = self._composer.office, self._composer
        self._title(1, "DISPOSICIONES GENERALES")
        self._part("DEL OBJETO Y ÁMBITO DE APLICACIÓN")
        self._put(
            "El presente ordenamiento tiene por objeto establecer la organización y el "
            f"funcionamiento de la {office.name}."
        )
        self._put("Para los efectos de este ordenamiento se entenderá por:")
        for n, (word, meaning) in enumerate(_definitions(composer), 1):
            composer.put(f"{word}: {meaning};", TextKind.ITEM, f"{roman(n)}.")
        self._part("DE LA ESTRUCTURA ORGÁNICA")
        self._put(
            f"Para el despacho de los asuntos de su competencia, la {office.name} contará con las "
            "unidades administrativas siguientes:"
        )
        for n, post in enumerate(office.posts, 1):
            composer.put(f"{post.unit};", TextKind.ITEM, f"{roman(n)}.")
        self._title(2, "DE LAS ATRIBUCIONES DE LAS UNIDADES ADMINISTRATIVAS")
        for post in office.posts:
            self._unit(post)
        self._title(3, "DE LA SUPLENCIA DE LAS PERSONAS TITULARES")
        self._part("DE LAS AUSENCIAS")
        for absence in _ABSENCES:
            self._put(absence)
        last = composer.add(Text(composer.capitals("Transitorios"), TextKind.HEADING))
        composer.chapters.append(ChapterDraft(last.text, None, "", last, is_part=True))
        composer.put(
            "El presente ordenamiento entrará en vigor al día siguiente de su publicación.",
            marker="PRIMERO.-",
        )

    def _title(self, number: int, title: str) -> None:
        composer = self._composer
        lead = composer.capitals(f"Título {ordinal(number)}")
        heading = composer.add(Text(lead, TextKind.HEADING))
        composer.add(Text(composer.capitals(title), TextKind.HEADING))
        composer.chapters.append(ChapterDraft(composer.capitals(title), None, lead, heading))
        if self._rng.random() < 0.5:
            self._chapter = 0

    def _part(self, title: str) -> None:
        """A chapter that is about no unit."""
        heading, lead = self._heading(title), self._composer.capitals("Capítulo")
        shown = self._composer.capitals(title)
        self._composer.chapters.append(ChapterDraft(shown, None, lead, heading, is_part=True))

    def _heading(self, title: str) -> Text:
        """A chapter's heading; gives the text that its name stands in."""
        self._chapter += 1
        composer, n = self._composer, self._chapter
        numeral = ordinal(n) if self._ordinal else roman(n)
        lead = composer.capitals(f"Capítulo {numeral}")
        if self._one_line:
            return composer.add(Text(composer.capitals(title), TextKind.HEADING, lead, level=2))
        first = composer.add(Text(lead, TextKind.HEADING, level=2))
        composer.add(Text(composer.capitals(title), TextKind.HEADING, level=2))
        return first

    def _put(self, text: str) -> Text:
        self._article += 1
        return self._composer.put(text, marker=self._lead.format(n=self._article))

    def _unit(self, post: Post) -> None:
        composer, labels = self._composer, self._composer.style.labels
        article = f"de {post.article} {post.unit}".replace("de el ", "del ")
        heading = self._heading(article if self._of else post.unit)
        draft = UnitDraft(composer.capitals(post.unit), None, heading)
        composer.units.append(draft)
        if composer.style.sentences:
            boss = f"{post.boss_article} {post.boss_unit}"
            said = f"{post.article} {post.unit} depende directamente de {boss}."
            said = said.replace(" de el ", " del ")
            text = self._put(said[0].upper() + said[1:])
            draft.boss = Said(post.boss_unit, text)
        self._put(sentence(labels.attributions_sentence, post))
        for n, function in enumerate(post.functions, 1):
            item = composer.put(function, TextKind.ITEM, f"{roman(n)}.")
            draft.functions.append(Said(function, item))


def _definitions(composer: Composer) -> list[tuple[str, str]]:
    office = composer.office
    return [
        ("Dependencia", f"a la {office.name}"),
        ("Ordenamiento", f"al presente {composer.style.country.document.lower()}"),
        ("Titular", "a la persona que encabeza una unidad administrativa"),
    ]
