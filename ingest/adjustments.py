"""`MANUAL.ajustes.toml` beside a source file: what an office sets right in how it is read.

```toml
codigo = "MO-OBRAS-02"
dependencia = "Secretaría de Obras Públicas"
version = "2"
desfase_paginas = -4              # printed page = page of the file + this
unidades = ["OFICINA DE ENLACE"]  # these headings are units
no_unidades = ["ÓRGANOS DE APOYO"]

[etiquetas]                       # further labels, by what they mean
jefe = ["Rinde cuentas a"]
subordinados = ["Coordina a"]
objetivo = ["Para qué existe"]
funciones = ["Qué hace"]
puesto = ["Plaza tipo"]
```
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.codes import checked_code
from ingest.errors import IngestError
from ingest.layouts.words import Kind, Words, standard_words, words_with
from ingest.text import fold

KINDS = {
    "puesto": Kind.FUNCTIONAL_TITLE,
    "unidad": Kind.UNIT_TITLE,
    "puesto_nominal": Kind.NOMINAL_TITLE,
    "area": Kind.AREA,
    "jefe": Kind.REPORTS_TO,
    "subordinados": Kind.DIRECT_REPORTS,
    "objetivo": Kind.OBJECTIVE,
    "funciones": Kind.FUNCTIONS,
    "otros": Kind.OTHER,
}


class AdjustmentsError(IngestError):
    """The adjustments file can't be read."""


class _File(BaseModel):
    """What the file may hold; unknown keys are refused, as they would do nothing."""

    model_config = ConfigDict(extra="forbid")

    codigo: str = ""
    dependencia: str = ""
    version: str = ""
    desfase_paginas: int = 0
    unidades: list[str] = Field(default_factory=list)
    no_unidades: list[str] = Field(default_factory=list)
    etiquetas: dict[str, list[str]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Adjustments:
    """What an office sets right; the defaults change nothing."""

    code: str = ""
    dependency: str = ""
    version: str = ""
    page_offset: int | None = None
    """None: pages are numbered as printed."""
    units: frozenset[str] = frozenset()
    """Folded headings that are units."""
    no_units: frozenset[str] = frozenset()
    words: Words = field(default_factory=standard_words)


def adjustments_name(source_name: str) -> str:
    """The name of the adjustments file of a source file."""
    return f"{Path(source_name).stem}.ajustes.toml"


def adjustments_path(source: Path) -> Path:
    """Where the adjustments of a source file stand."""
    return source.with_name(adjustments_name(source.name))


def read_adjustments(source: Path) -> Adjustments:
    """The adjustments beside a source file, none where there is no such file.

    Raises `AdjustmentsError`, which names what is wrong in it, and `BadCodeError`.
    """
    path = adjustments_path(source)
    if not path.is_file():
        return Adjustments()
    try:
        data = _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AdjustmentsError(f"No se pudo leer «{path.name}»: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise AdjustmentsError(
            f"En «{path.name}», «{place}» no sirve: revise su nombre y su valor; las claves son "
            "codigo, dependencia, version, desfase_paginas, unidades, no_unidades y [etiquetas]."
        ) from error
    unknown = next((name for name in data.etiquetas if name not in KINDS), None)
    if unknown:
        raise AdjustmentsError(
            f"En «{path.name}», la etiqueta «{unknown}» no existe: use {', '.join(KINDS)}."
        )
    labels = {KINDS[name].value: words for name, words in data.etiquetas.items()}
    return Adjustments(
        code=checked_code(data.codigo) if data.codigo else "",
        dependency=data.dependencia,
        version=data.version,
        page_offset=data.desfase_paginas or None,
        units=frozenset(fold(text) for text in data.unidades),
        no_units=frozenset(fold(text) for text in data.no_unidades),
        words=words_with(labels) if labels else standard_words(),
    )
