"""`asistente palabras`: what people call a thing, and the function that it leads to."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from assistant.faces.cli.indexing import prepared
from assistant.running.settings import Settings
from corpus.office_words import (
    OfficeWord,
    Origin,
    WordsError,
    read_words,
    require_known,
    word_of,
    write_words,
)
from corpus.store import ManualStore, open_store

if TYPE_CHECKING:
    from corpus.embeddings import OnnxEmbeddings


def show_words(code: str, settings: Settings, *, as_file: bool = False) -> None:
    """All wordings of a manual, as a table or as the lines of a file."""
    store = _store(settings)
    record = store.manual(code)
    words = store.words.of(record.code)
    if as_file:
        print(write_words(each.word for each in words), end="")
        return
    if not words:
        Console().print(f"{record.code} no tiene palabras propias todavía.")
        return
    table = Table("Se dice", "Lleva a", "De", box=SIMPLE_HEAD, pad_edge=False)
    for each in words:
        table.add_row(each.word.text, place_of(each.word), each.origin.value)
    Console().print(table)


def place_of(word: OfficeWord) -> str:
    """Where a wording leads, in a few words."""
    if word.section is None:
        return "no está en el manual"
    return f"{word.section}, función {word.function}" if word.function else word.section


def add(code: str, word: OfficeWord, settings: Settings) -> None:
    """Add one wording. Raises WordsError where it leads to nothing."""
    _add(code, [word], settings)
    Console().print(f"«{word.text}»: {place_of(word)}.")


def import_words(code: str, path: Path, settings: Settings) -> None:
    """Add those of a CSV or JSON Lines file, all or none. Raises WordsError."""
    words = read_words(path)
    if not words:
        raise WordsError(f"«{path}» no trae ninguna frase.")
    _add(code, words, settings)
    Console().print(f"{len(words)} frases agregadas.")


def remove(code: str, text: str, settings: Settings) -> None:
    """Take one wording back. Raises WordsError where there is none of that text."""
    store = _store(settings)
    if not store.words.remove(store.manual(code).code, [word_of(text)]):
        raise WordsError(f"{code} no tiene la frase «{text}».")
    Console().print(f"«{text}» ya no lleva a nada.")


def _add(code: str, words: list[OfficeWord], settings: Settings) -> None:
    from ingest.office_words import add_words

    store = _store(settings)
    manual = store.manual(code)
    require_known(words, manual)
    folder = prepared(settings, Console())

    def embeddings() -> "OnnxEmbeddings":
        from corpus.embeddings import OnnxEmbeddings

        return OnnxEmbeddings(folder)

    add_words(manual.code, words, store, embeddings, origin=Origin.OFFICE)


def _store(settings: Settings) -> ManualStore:
    return open_store(settings.data_dir, settings.chroma_url)
