"""The office's own words: what people call a thing, and which function answers it.

They lead a question to a function and are never quoted. A line of `wordings/CODE.jsonl` is one.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from hashlib import sha1
from pathlib import Path

from pydantic import Field, ValidationError

from corpus.codes import canonical_code
from corpus.errors import AsistenteError
from corpus.model import Manual, Record
from corpus.spanish import fold

WORDS_FOLDER = Path(__file__).with_name("wordings")
LONGEST = 300


class WordsError(AsistenteError):
    """A wording that can't be used, or a file of them that can't be read."""


class Origin(StrEnum):
    """Where a wording comes from: a file is read again at every ingest, and what is no longer in
    it goes; what the office adds stays until it is taken back."""

    FILE = "archivo"
    OFFICE = "oficina"


class OfficeWord(Record):
    """A question or phrase, and what answers it."""

    text: str = Field(min_length=2, max_length=LONGEST)
    section: str | None = None
    """None: nothing in this manual does."""
    function: int | None = None
    """Its number; None for the section as a whole."""
    off_topic: bool = False
    """Of what nothing answers: whether no manual of this kind would."""

    @property
    def key(self) -> str:
        """The same for texts that differ only in case, accents and spaces."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """The key that a wording of this text has."""
    folded = " ".join(fold(text).split())
    return sha1(folded.encode(), usedforsecurity=False).hexdigest()[:16]


def word_of(text: str, section: str | None = None, function: int | None = None) -> OfficeWord:
    """A wording from what a person typed. Raises WordsError."""
    try:
        return OfficeWord(text=text.strip(), section=section, function=function)
    except ValidationError as error:
        raise WordsError(f"Una frase tiene de 2 a {LONGEST} letras.") from error


def words_path(folder: Path, code: str) -> Path:
    """Where the wordings of a manual are looked for."""
    return folder / f"{canonical_code(code)}.jsonl"


def read_words(path: Path) -> list[OfficeWord]:
    """The wordings of a JSON Lines file, or of a CSV file with the columns `texto`, `seccion` and
    `funcion`; of two with the same text, the later one. Raises WordsError."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WordsError(f"No se pudo leer «{path}» como texto UTF-8.") from error
    rows = _of_csv(source) if path.suffix.lower() == ".csv" else _of_json(source)
    found: dict[str, OfficeWord] = {}
    for line, row in rows:
        try:
            word = OfficeWord.model_validate_json(row)
        except ValidationError as error:
            raise _bad_line(path, line) from error
        found[word.key] = word
    return list(found.values())


def write_words(words: Iterable[OfficeWord]) -> str:
    """The wordings as JSON Lines."""
    return "".join(f"{word.model_dump_json()}\n" for word in words)


def require_known(words: Sequence[OfficeWord], manual: Manual) -> None:
    """Raise WordsError for the first wording that leads to nothing of the manual."""
    for word in words:
        if not leads_somewhere(word, manual):
            place = f"la sección {word.section}"
            place += f", función {word.function}" if word.function is not None else ""
            raise WordsError(f"«{word.text}» lleva a {place}, que no está en {manual.code}.")


def leads_somewhere(word: OfficeWord, manual: Manual) -> bool:
    """Whether a wording's section and function are of the manual, or it says that nothing is."""
    if word.section is None:
        return True
    section = manual.section(word.section)
    if section is None or word.function is None:
        return section is not None
    position = manual.position(word.section)
    return position is not None and any(f.number == word.function for f in position.functions)


def _of_json(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.splitlines(), 1):
        if line.strip():
            yield number, line


def _of_csv(source: str) -> Iterator[tuple[int, str]]:
    reader = csv.DictReader(source.splitlines())
    for row in reader:
        given = {fold(name).strip(): value for name, value in row.items() if name and value}
        fields = {"text": given.get("texto"), "section": given.get("seccion")}
        yield reader.line_num, json.dumps({**fields, "function": given.get("funcion")})


def _bad_line(path: Path, line: int) -> WordsError:
    return WordsError(
        f"La línea {line} de «{path.name}» no es una frase con su sección y su función: revise que "
        f"tenga de 2 a {LONGEST} letras de texto y un número de función."
    )
