"""The field "Puestos que le reportan" as a list of positions with their head counts.

The field is an enumeration in prose, and names of positions have commas and "y" in them too:
"Coordinación de Mesas Directivas y Juntas Vecinales". So "y" separates only where a position
begins after it, which the word there tells: a unit (Dirección, Jefatura), an occupation (Analista,
Chofer), a head count, or "(a)".
"""

import re
from collections.abc import Iterable

from corpus.model import DirectReport, Printed
from ingest.text import fold

_UNITS = (
    r"(?:sub)?direccion(?:es)?|coordinacion(?:es)?|(?:sub)?jefaturas?|unidad(?:es)?"
    r"|departamentos?|gerencias?|delegacion(?:es)?"
)
_PEOPLE = (
    r"(?:sub)?director(?:a|es|as)?|coordinador(?:a|es|as)?|(?:sub)?jef[ea]s?|titular(?:es)?"
    r"|analistas?|auxiliar(?:es)?|asistentes?|supervisor(?:a|es|as)?|chofer(?:es)?"
    r"|operador(?:a|es|as)?|promotor(?:a|es|as)?|capturistas?|programador(?:a|es|as)?"
    r"|especialistas?|encargad[oa]s?|responsables?|recepcionistas?|mensajer[oa]s?|secretari[oa]s?"
    r"|inspector(?:a|es|as)?|verificador(?:a|es|as)?|notificador(?:a|es|as)?|cajer[oa]s?"
    r"|gestor(?:a|es|as)?|asesor(?:a|es|as)?|abogad[oa]s?|contador(?:a|es|as)?"
    r"|arquitect[oa]s?|ingenier[oa]s?|intendentes?|jardiner[oa]s?|peon(?:es)?|velador(?:a|es|as)?"
    r"|vigilantes?|almacenistas?|instructor(?:a|es|as)?|becari[oa]s?|practicantes?|ayudantes?"
    r"|lider(?:es)?|psicolog[oa]s?|enfermer[oa]s?|disenador(?:a|es|as)?|project|community"
)
_HEAD = re.compile(rf"(?:{_UNITS}|{_PEOPLE})\b")
_ADJECTIVE_TOO = re.compile(
    r"(?:(?:tecnic|operativ|administrativ|ejecutiv|juridic|medic)[oa]s?|profesional(?:es)?)\b"
)
"""Occupations that are also adjectives: "Coordinación de Apoyo Administrativo y Operativo"."""
_ADJECTIVE = re.compile(r".* (?:\w+(?:iv|ic|ari)[oa]s?|\w+al(?:es)?)")
_OCCUPATION = re.compile(r"[a-z]+(?:[aei]dor|[aei]dora|ctor|ctora|ista)\b")
_NO_OCCUPATION = re.compile(
    r"(?:sector|factor|vector|tractor|comedor|corredor|proveedor|emprendedor|consumidor"
    r"|trabajadora?|servidora?|acreedor|borrador|indicador|contenedor|(?:re|entre)?vista|[lp]ista)\b"
)
_HEAD_COUNT = re.compile(r"\d{1,3} [a-z]")
_MARKED_GENDER = re.compile(r"[a-z]+ ?\((?:a|o|as|os)\)")

_LEADING_COUNT = re.compile(r"\(?(\d{1,3})\)?\s+(\D.*)")
_TRAILING_COUNT = re.compile(r"(.*\S)\s*\((\d{1,3})\)")
_AND = re.compile(r"\s+[ye]\s+(?:(?:el|la|los|las)\s+)?(?=(\S.*))", re.I)
_LEADING_AND = re.compile(r"^[ye]\s+")
"""What is left of "; y Coordinación Jurídica"."""
_COMMA = re.compile(r"(\s*[,;•]\s*)(?![^()]*\))")
_NEXT_SENTENCE = re.compile(r"\.\s+(?=(\S.*))")
_KNOWN = "\ue000"
"""Stands around the index of a known title that is taken out of the text."""


def read_direct_reports(
    printed: Printed | None, known_titles: Iterable[str] = ()
) -> tuple[DirectReport, ...]:
    """The entries of the field, in order; none where it is empty or doesn't apply.

    `known_titles` are names of positions of the manual: where one of them is printed in the
    field, it is one entry whatever commas and "y" it has.
    """
    if printed is None or not printed.applies:
        return ()
    masked, hidden = _hide_known(printed.text, known_titles)
    entries = [
        piece
        for part in _split_at_commas(masked)
        for sentence in _split_where_position(part, _NEXT_SENTENCE)
        for piece in _split_where_position(sentence, _AND)
    ]
    restored = (_restore(entry, hidden).strip(" .,;:-–•") for entry in entries)
    return tuple(_entry(_LEADING_AND.sub("", text)) for text in restored if text)


def _hide_known(text: str, titles: Iterable[str]) -> tuple[str, list[str]]:
    """The text with a sign for each known title that is an entry of its own, and these."""
    hidden: list[str] = []
    folded = fold(text)
    for title in sorted(set(titles), key=lambda t: (-len(t), t)):
        if fold(title) not in folded:
            continue
        pattern = re.compile(
            rf"(^|[,;.]\s*|\s[ye]\s){re.escape(fold(title))}(?=\s*[,;.]|\s[ye]\s|$)"
        )
        while match := pattern.search(folded):
            start, end = match.end(1), match.end()
            hidden.append(text[start:end])
            text = f"{text[:start]}{_KNOWN}{len(hidden) - 1}{_KNOWN}{text[end:]}"
            folded = fold(text)
    return text, hidden


def _restore(text: str, hidden: list[str]) -> str:
    for at, title in enumerate(hidden):
        text = text.replace(f"{_KNOWN}{at}{_KNOWN}", title)
    return text


def _split_at_commas(text: str) -> list[str]:
    """Splits at commas, but not at those in a name: "Dirección de Planeación, Enlace y Proyectos".

    A comma is in a name where a unit's name stands before it and after it something that is no
    position and goes on with "y" and something that is no position either.
    """
    first, *others = _COMMA.split(text)
    pieces = [first]
    for comma, piece in zip(others[::2], others[1::2], strict=True):
        inner = _AND.search(piece)
        enumerates = inner is not None and not _begins_position(inner[1])
        after_unit = re.match(rf"(?:{_UNITS}) (?:general )?de", fold(pieces[-1])) is not None
        if after_unit and enumerates and not _begins_position(piece):
            pieces[-1] += comma + piece
        else:
            pieces.append(piece)
    return pieces


def _split_where_position(text: str, separator: re.Pattern[str]) -> list[str]:
    """Splits the text at each separator after which a position begins."""
    pieces: list[str] = []
    start = 0
    for match in separator.finditer(text):
        before = text[start : match.start()]
        if before and _separates(before, match[1]):
            pieces.append(before)
            start = match.end()
    return [*pieces, text[start:]]


def _separates(before: str, after: str) -> bool:
    """Whether "y" or a full stop between these two stands between two positions."""
    if _begins_position(after) or fold(before).split(" ")[0] == fold(after).split(" ")[0]:
        return True
    if not _ADJECTIVE_TOO.match(fold(after)):
        return False
    unit = re.match(rf"(?:{_UNITS})\b", fold(before))
    return unit is None or _ADJECTIVE.fullmatch(fold(before)) is None


def _begins_position(text: str) -> bool:
    """Whether a text begins with the name of a position: "3 Analistas", "Jefe de Oficina"."""
    folded = fold(text)
    if folded.startswith("secretaria") and "í" in text[:10]:
        return False  # "Secretaría" is an organ that other names speak of; "Secretaria" a person
    if text.startswith(_KNOWN) or _HEAD.match(folded) or _HEAD_COUNT.match(folded):
        return True
    if _MARKED_GENDER.match(folded):
        return True
    return _OCCUPATION.match(folded) is not None and _NO_OCCUPATION.match(folded) is None


def _entry(text: str) -> DirectReport:
    trailing = _TRAILING_COUNT.fullmatch(text)
    if trailing:
        return DirectReport(name=trailing[1], printed=text, count=int(trailing[2]))
    leading = _LEADING_COUNT.fullmatch(text)
    if leading:
        return DirectReport(name=leading[2], printed=text, count=int(leading[1]))
    return DirectReport(name=text, printed=text)
