"""Opens the language model that a setting names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.runnables import Runnable, RunnableConfig, RunnableSequence

from assistant.running.settings import Settings
from corpus.errors import AsistenteError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_MOST_TOKENS = 600
_NO_KEY = "sin-clave"
"""What a server of one's own is told where no key is set: its client insists on one."""

Stream = Callable[[Sequence[BaseMessage], RunnableConfig], Iterator[AIMessageChunk]]
"""Streams a model's reply."""


class LanguageModelError(AsistenteError):
    """The language model can't be opened, or does not answer."""


_REPLY: dict[str, Any] = {
    "title": "Respuesta",
    "description": "Una respuesta, oración por oración.",
    "type": "object",
    "properties": {
        "oraciones": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "texto": {"type": "string", "description": "Una oración, sin marcas."},
                    "pasajes": {
                        "type": "array",
                        "items": {"type": "integer"},
                        "description": "Los números de los pasajes que la dicen.",
                    },
                },
                "required": ["texto", "pasajes"],
                "additionalProperties": False,
            },
        },
        "completa": {"type": "string", "enum": ["sí", "en parte", "no"]},
    },
    "required": ["oraciones", "completa"],
    "additionalProperties": False,
}
"""The form of a reply, for models with structured output."""


@dataclass(frozen=True)
class LanguageModel:
    """An opened model, and what it can do."""

    name: str
    chat: "BaseChatModel"
    stream: Stream
    structured: bool
    """Whether it replies in JSON of a given form."""
    uses_tools: bool


def open_model(settings: Settings) -> LanguageModel:
    """The model of `ASISTENTE_LLM`; nothing is asked of it yet.

    Raises LanguageModelError, which says what is missing or wrong.
    """
    name = settings.llm or ""
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise LanguageModelError(
            "ASISTENTE_LLM se escribe «proveedor:modelo», por ejemplo «ollama:llama3.2»."
        )
    try:
        from langchain.chat_models import init_chat_model

        chat: BaseChatModel = init_chat_model(name, **_options(settings, provider))
        profile: dict[str, Any] = dict(chat.profile or {})
        if profile.get("temperature", True):  # models that reason take none
            chat = init_chat_model(name, temperature=0, **_options(settings, provider))
    except ImportError as error:
        raise LanguageModelError(
            f"Falta el paquete de «{provider}»; instálelo con: pip install "
            f"'asistente-del-manual[llm,{provider}]'."
        ) from error
    except Exception as error:  # each provider's client has errors of its own
        raise LanguageModelError(
            f"No se pudo abrir «{name}»; revise ASISTENTE_LLM, ASISTENTE_LLM_BASE_URL y "
            "ASISTENTE_LLM_API_KEY."
        ) from error
    structured = _chosen(settings.llm_structured, profile.get("structured_output"))
    tools = _chosen(settings.llm_tools, profile.get("tool_calling"))
    stream = _stream(_structured_chat(chat) if structured else chat)
    return LanguageModel(name, chat, stream, structured, tools)


def _chosen(setting: bool | None, capability: object) -> bool:
    """What the setting says; unset, what is known of the model."""
    return bool(capability) if setting is None else setting


def _options(settings: Settings, provider: str) -> dict[str, Any]:
    """The arguments of a provider's client; retrying is done here, so none of them retries."""
    url, seconds = settings.llm_base_url, settings.llm_timeout
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    if provider == "ollama":
        ollama = {"num_predict": _MOST_TOKENS, "client_kwargs": {"timeout": seconds}}
        return ollama | ({"base_url": url} if url else {})
    options: dict[str, Any] = {"max_tokens": _MOST_TOKENS, "timeout": seconds, "max_retries": 0}
    if url:
        options["base_url"] = url
    if key or (url and provider == "openai"):
        options["api_key"] = key or _NO_KEY
    if provider == "openai":
        options["stream_usage"] = True
    return options


def _stream(chat: Runnable[Any, Any]) -> Stream:
    def stream(messages: Sequence[BaseMessage], config: RunnableConfig) -> Iterator[AIMessageChunk]:
        for chunk in chat.stream(list(messages), config):
            if isinstance(chunk, AIMessageChunk):
                yield chunk

    return stream


def _structured_chat(chat: "BaseChatModel") -> Runnable[Any, Any]:
    """The model told to reply in that form; what parses the reply, once it is whole, left off."""
    runnable = chat.with_structured_output(_REPLY, method="json_schema")
    return runnable.first if isinstance(runnable, RunnableSequence) else runnable


def probe(settings: Settings) -> str:
    """Put a word to the model; what it is called, if it answers. Raises LanguageModelError."""
    model = open_model(settings)
    try:
        model.chat.invoke("Responda sólo: sí")
    except Exception as error:
        raise LanguageModelError(
            f"{model.name} no responde ({type(error).__name__}); mientras tanto se responde sin él."
        ) from error
    return model.name
