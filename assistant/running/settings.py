"""All settings, read once from the environment (prefix `ASISTENTE_`) and from `.env`."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import AsistenteError

_CHECKOUT = Path(__file__).resolve().parents[2]
_COLOUR = r"^#[0-9a-fA-F]{6}$"
_RATE = r"^(\d+ ?/ ?(second|minute|hour|day)|no)$"


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
    wordings_dir: Path = Field(
        default=_CHECKOUT / "corpus" / "wordings",
        description="Folder of `CÓDIGO.jsonl`: what people call the things of a manual.",
    )
    source_max_mb: int = Field(
        default=100, ge=1, description="Biggest file that is ingested, in MB."
    )
    source_max_unpacked_mb: int = Field(
        default=300, ge=1, description="Most that a DOCX may unpack to, in MB."
    )
    source_max_pages: int = Field(default=3_000, ge=1, description="Most pages of a PDF.")
    source_max_seconds: int = Field(
        default=120, ge=1, description="Computing time for reading a file, without OCR."
    )
    source_max_memory_mb: int = Field(
        default=2_048, ge=256, description="Memory of the process that reads a file, in MB."
    )
    ocr_max_seconds: int = Field(
        default=1_800, ge=0, description="Time for the OCR of a file's pictures; 0 for no OCR."
    )
    page_pictures: bool = Field(
        default=True,
        description="Whether pictures of a PDF's pages are kept, to show them beside the text.",
    )
    chroma_url: str | None = Field(
        default=None, description="A Chroma server, such as http://chroma:8000, instead of files."
    )
    open_manuals: int = Field(
        default=48, ge=8, description="Manuals that a process keeps open, of some 11 MB each."
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
    contact: str | None = Field(
        default=None,
        description="Whom people may ask what the manual does not say; shown with each refusal.",
    )
    emergency_text: str = Field(
        default=(
            "Si la vida o la salud de alguien está en peligro, llame ahora al 911. Si se trata de "
            "una crisis emocional o de pensar en quitarse la vida, llame a la Línea de la Vida: "
            "800 911 2000, gratuita, las 24 horas."
        ),
        description="What is said first to a message that tells of danger; other countries differ.",
    )
    page_name: str = Field(
        default="Asistente del Manual",
        min_length=1,
        max_length=60,
        description="Name that the page bears: the office's own, if it wants.",
    )
    page_owner: str | None = Field(
        default=None,
        max_length=120,
        description="Who keeps the assistant, such as the office's name; shown on the page.",
    )
    page_emblem: Path | None = Field(
        default=None, description="Emblem beside the name: an SVG, PNG or WebP file."
    )
    page_colour: str = Field(
        default="#0b5d6b",
        pattern=_COLOUR,
        description="Colour of links and buttons; refused where it is hard to read on white.",
    )
    page_colour_dark: str | None = Field(
        default=None,
        pattern=_COLOUR,
        description="The same on a dark page; unset, the colour is made lighter until it reads.",
    )
    page_parents: str | None = Field(
        default=None,
        description="Origins, with commas between, whose pages may show the assistant in a frame.",
    )
    page_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+$",
        description="Public address of the page; with it, search engines find the sections.",
    )
    page_dictation: bool = Field(
        default=True,
        description="Whether questions may be dictated to the browser, where it can hear.",
    )
    page_audit: bool = Field(
        default=False,
        description="Whether /auditoria shows everybody where the manual contradicts itself.",
    )
    host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    port: int = Field(default=8000, ge=0, le=65_535, description="Port of the server.")
    workers: int = Field(default=1, ge=1, le=64, description="Processes of the server.")
    threads: int = Field(
        default=4, ge=1, le=64, description="Questions answered at a time in a process."
    )
    answer_timeout: float = Field(
        default=30.0, gt=0, description="Seconds after which an answer is given up."
    )
    shutdown_timeout: int = Field(
        default=30, ge=1, description="Seconds for answers under way when the server is stopped."
    )
    body_limit: int = Field(
        default=65_536, ge=1_024, description="Longest body of a request, in bytes."
    )
    rate_limit: str = Field(
        default="60/minute",
        pattern=_RATE,
        description="Requests that a client may make, such as 60/minute; `no` for any number.",
    )
    redis_url: SecretStr | None = Field(
        default=None,
        description="A Redis server in which all processes count requests, instead of each alone.",
    )
    api_keys: SecretStr | None = Field(
        default=None, description="Keys, with commas between, of which every program needs one."
    )
    open_without_key: str = Field(
        default="paginas,documentacion",
        pattern=r"^((paginas|documentacion|metricas)(, ?|$))*$",
        description=(
            "What stays open where there are keys: paginas, documentacion, metricas, with commas."
        ),
    )
    allowed_hosts: str | None = Field(
        default=None,
        description="Names, with commas between, that the service answers to; unset, any.",
    )
    client_connections: int = Field(
        default=100, ge=1, description="Connections that a client may hold open in a process."
    )
    cors_origins: str | None = Field(
        default=None, description="Origins, with commas between, whose pages may call the API."
    )
    trusted_proxies: str | None = Field(
        default=None,
        description="Addresses of proxies, with commas between, that tell the client's address.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL for conversations and feedback, instead of a file.",
    )
    retention_days: int = Field(
        default=30, ge=1, description="Days after which conversations and feedback are deleted."
    )
    keep_questions: bool = Field(
        default=False,
        description="Whether questions and answers, masked, are kept for the office's desk.",
    )
    keep_questions_days: int = Field(
        default=14, ge=1, le=366, description="Days after which kept questions are deleted."
    )
    desk_networks: str | None = Field(
        default=None,
        description=(
            "Networks, with commas between, such as 10.0.0.0/8; the desk is served to no other."
        ),
    )
    oidc_issuer: str | None = Field(
        default=None,
        pattern=r"^https?://\S+$",
        description="An OpenID Connect provider by whose accounts the office's people may enter.",
    )
    oidc_client_id: str | None = Field(default=None, description="What the desk is called there.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="Its secret there.")
    llm: str | None = Field(
        default=None,
        description=(
            "A language model that writes the answers: ollama:llama3.2, openai:gpt-5-mini and such."
        ),
    )
    llm_base_url: str | None = Field(
        default=None,
        pattern=r"^https?://\S+$",
        description="Its server, such as http://localhost:8080/v1, instead of the provider's own.",
    )
    llm_api_key: SecretStr | None = Field(
        default=None, description="Its key; without it, the provider's own variable is read."
    )
    llm_timeout: float = Field(
        default=30.0, gt=0, description="Seconds after which is answered without the model."
    )
    llm_concurrency: int = Field(
        default=2, ge=1, le=256, description="Answers that the model writes at a time."
    )
    llm_queue: int = Field(
        default=8, ge=0, le=10_000, description="Answers that wait for the model; more do without."
    )
    llm_structured: bool | None = Field(
        default=None,
        description="Whether the model replies in JSON of a given form; unset, as is known of it.",
    )
    llm_tools: bool | None = Field(
        default=None,
        description="Whether the model looks further with tools; unset, as is known of it.",
    )
    llm_phrases: bool = Field(
        default=False, description="Whether the model also puts exact facts in its own words."
    )
    llm_price_read: float = Field(
        default=0.0, ge=0, description="Price of a million tokens read, for the metrics."
    )
    llm_price_written: float = Field(
        default=0.0, ge=0, description="Price of a million tokens written, for the metrics."
    )
    telegram_token: SecretStr | None = Field(
        default=None, description="Token of the Telegram bot, from @BotFather."
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        pattern=r"^https?://\S+$",
        description="The Bot API server: Telegram's, or one of the office's own.",
    )
    telegram_webhook_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+/\S+$",
        description=(
            "Address with a path at which Telegram reaches the bot, instead of being polled."
        ),
    )
    telegram_rate_limit: str = Field(
        default="20/minute",
        pattern=_RATE,
        description="Questions that a person may put to the bot; `no` for any number.",
    )
    log_format: Literal["texto", "json"] = Field(
        default="texto", description="Log for people (`texto`) or for programs (`json`)."
    )
    log_questions: bool = Field(
        default=False, description="Whether questions, with personal data masked, are logged."
    )

    @property
    def secrets(self) -> list[str]:
        """What no log line may hold: keys, tokens, and the passwords in addresses."""
        given = (self.redis_url, self.database_url, self.llm_api_key, self.telegram_token)
        told = [each.get_secret_value() for each in given if each]
        passwords = [_password(each) for each in told]
        return [each for each in (*told, *self.keys, *passwords) if each]

    @property
    def keys(self) -> list[str]:
        """The keys of which programs need one; none where they need none."""
        return listed(revealed(self.api_keys))

    @property
    def llm_is_elsewhere(self) -> bool:
        """Whether the language model is a provider's, so that questions leave the office."""
        return (
            bool(self.llm) and not self.llm_base_url and not (self.llm or "").startswith("ollama:")
        )


def revealed(secret: SecretStr | None) -> str | None:
    """What a secret setting says."""
    return secret.get_secret_value() if secret else None


def listed(text: str | None) -> list[str]:
    """The parts of a setting that is a list with commas between."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _password(address: str) -> str | None:
    """The password in an address, as it is written there."""
    try:
        return urlsplit(address).password
    except ValueError:
        return None


class SettingsError(AsistenteError):
    """A setting has a value that can't be used."""


def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError, which names the setting."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = ", ".join(f"ASISTENTE_{e['loc'][0]}".upper() for e in error.errors())
        raise SettingsError(f"Revise el valor de {wrong}; no se puede usar.") from error
