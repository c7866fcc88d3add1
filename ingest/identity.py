"""What tells a source file apart from others: its bytes, and what is said beside it."""

from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path

from corpus.codes import checked_code
from ingest.adjustments import Adjustments, adjustments_path, read_adjustments
from ingest.errors import SourceNotFoundError


def adjusted(path: Path, code: str = "") -> Adjustments:
    """How a file is to be read: its adjustments, and the code that goes before theirs.

    Raises AdjustmentsError and BadCodeError.
    """
    found = read_adjustments(path)
    return replace(found, code=checked_code(code)) if code else found


def identity_of(path: Path, code: str = "") -> str:
    """What tells a source apart, as the catalog records it.

    Its digest, with what else decides how it is read: adjustments, a given code. Raises
    SourceNotFoundError.
    """
    digest = _sha256(path)
    beside = adjustments_path(path)
    if not code and not beside.is_file():
        return digest
    more = _sha256(beside) if beside.is_file() else ""
    return sha256(f"{digest} {more} {code}".encode()).hexdigest()


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceNotFoundError(
            f"No se pudo abrir «{path}»: revise que exista y que tenga permiso de lectura."
        ) from error


def has_pages(path: Path) -> bool:
    """Whether a source has pages that can be drawn."""
    return path.suffix.lower() == ".pdf"
