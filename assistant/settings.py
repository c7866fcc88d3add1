"""All settings, read once from the environment (prefix `ASISTENTE_`) and from `.env`."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import AsistenteError

_CHECKOUT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What can be set. Everything works with nothing set."""

    model_config = SettingsConfigDict(
        env_prefix="ASISTENTE_", env_file=".env", extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        default=_CHECKOUT / "data",
        description="Folder of the index and of the prepared embedding model.",
    )
    manuals_dir: Path = Field(
        default=_CHECKOUT / "corpus" / "manuals",
        description="Folder whose files `asistente ingerir` ingests when none is named.",
    )
    chroma_url: str | None = Field(
        default=None, description="A Chroma server, such as http://chroma:8000, instead of files."
    )
    embedding_model: str | None = Field(
        default=None,
        description=(
            "A sentence-transformers model by hub name or local path, instead of the packaged one."
        ),
    )
    question_limit: int = Field(
        default=500, ge=20, le=10_000, description="Longest question, in characters."
    )


class SettingsError(AsistenteError):
    """A setting has a value that can't be used."""


def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError, which names the setting."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = ", ".join(f"ASISTENTE_{e['loc'][0]}".upper() for e in error.errors())
        raise SettingsError(f"Revise el valor de {wrong}; no se puede usar.") from error
