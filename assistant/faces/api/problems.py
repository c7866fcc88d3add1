"""Errors as people and programs get them: `application/problem+json` (RFC 9457), in Spanish."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from assistant.answering.finding import PositionError, UnknownPositionError
from assistant.desk.errors import (
    CodeNeededError,
    DeskError,
    EntryRefusedError,
    GoneError,
    LockedOutError,
)
from assistant.faces.serving.threads import AnswerTimeoutError
from assistant.running.throttling import TooManyRequestsError
from assistant.understanding.question import EmptyQuestionError, QuestionError, QuestionTooLongError
from corpus.catalog import IndexReplacedError, NoFormerError, UnknownManualError
from corpus.codes import BadCodeError
from corpus.editions import AmbiguousVersionError, UnknownVersionError, VersionInForceError
from corpus.errors import AsistenteError
from corpus.office_words import WordsError

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger("asistente.api")

_URN = "urn:asistente-del-manual:problema:"


class ApiError(AsistenteError):
    """Root of the errors that only exist over HTTP."""

    told: ClassVar[str]
    """The message of the errors of a kind, where it is always the same."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.told)


class NotFoundError(ApiError):
    """The index has no such manual, section or position."""


class UnauthorizedError(ApiError):
    """The request brings no key, or a wrong one."""

    told = "Falta la clave de acceso, o no es válida; envíela en «Authorization»."


class NotEnteredError(ApiError):
    """Nobody has entered the desk, or the session is over."""

    told = "Entre primero a la oficina: no hay sesión, o ya venció."


class ForbiddenError(ApiError):
    """A person's role does not allow it."""

    told = "Su papel en la oficina no permite hacer esto; pídalo a quien administra."


class ForgedError(ApiError):
    """A request does not carry the token of its session, or comes from another site."""

    told = "El formulario venció o no es de esta página; vuelva a cargarla."


class UnknownHostError(ApiError):
    """The request names a host that isn't this service's."""

    told = "Ese nombre de servidor no es de este asistente."


class IdentityError(AsistenteError):
    """The emblem or a colour of the page can't be used."""


class InvalidField(BaseModel):
    """A field of a request that can't be taken."""

    field: str
    message: str


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    type: str = Field(examples=[f"{_URN}pregunta-vacia"])
    title: str = Field(examples=["La pregunta está vacía"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["La pregunta está vacía; escriba qué quiere saber del manual."])
    instance: str = Field(examples=["/api/ask"])
    request_id: str = Field(examples=["4f9d1c2ab7e8403d"])
    errors: list[InvalidField] | None = None
    """The fields at fault, where it was the request's form."""
    positions: list[str] | None = None
    """Numbers of the positions that may be meant, where a name was not clear."""


class _Sort(NamedTuple):
    """How one sort of error is told."""

    status: int
    name: str
    title: str
    retry_after: int | None = None


_UNAVAILABLE = _Sort(503, "no-disponible", "El asistente no está listo", 10)
_SORTS: Sequence[tuple[type[AsistenteError], _Sort]] = (
    (EmptyQuestionError, _Sort(422, "pregunta-vacia", "La pregunta está vacía")),
    (
        QuestionTooLongError,
        _Sort(413, "pregunta-demasiado-larga", "La pregunta es demasiado larga"),
    ),
    (QuestionError, _Sort(422, "pregunta-no-valida", "La pregunta no es válida")),
    (UnknownPositionError, _Sort(404, "no-encontrado", "No existe ese puesto")),
    (PositionError, _Sort(422, "puesto-ambiguo", "No está claro qué puesto es")),
    (LockedOutError, _Sort(429, "entrada-cerrada", "Entrada cerrada")),
    (EntryRefusedError, _Sort(401, "entrada-negada", "No se pudo entrar")),
    (CodeNeededError, _Sort(401, "falta-codigo", "Falta el código")),
    (GoneError, _Sort(404, "no-encontrado", "No existe lo que se pide")),
    (DeskError, _Sort(422, "no-se-puede", "No se puede hacer")),
    (WordsError, _Sort(422, "frase-no-valida", "Frase no válida")),
    (BadCodeError, _Sort(422, "codigo-no-valido", "Código no válido")),
    (UnknownVersionError, _Sort(404, "sin-version", "No hay esa versión")),
    (AmbiguousVersionError, _Sort(422, "version-ambigua", "No está claro qué versión es")),
    (VersionInForceError, _Sort(409, "version-vigente", "Está en vigor")),
    (NoFormerError, _Sort(404, "sin-anterior", "No hay versión anterior")),
    (UnknownManualError, _Sort(404, "no-encontrado", "No existe ese manual")),
    (NotFoundError, _Sort(404, "no-encontrado", "No existe lo que se pide")),
    (NotEnteredError, _Sort(401, "sin-sesion", "No hay sesión")),
    (ForbiddenError, _Sort(403, "sin-permiso", "Su papel no lo permite")),
    (ForgedError, _Sort(403, "formulario-vencido", "El formulario venció")),
    (IdentityError, _Sort(422, "identidad-no-valida", "Eso no se puede mostrar")),
    (UnknownHostError, _Sort(400, "servidor-desconocido", "Nombre de servidor desconocido")),
    (UnauthorizedError, _Sort(401, "sin-clave", "Falta la clave de acceso")),
    (TooManyRequestsError, _Sort(429, "demasiadas-solicitudes", "Demasiadas solicitudes")),
    (AnswerTimeoutError, _Sort(503, "tiempo-agotado", "La respuesta tardó demasiado", 5)),
    (IndexReplacedError, _Sort(503, "indice-renovado", "El índice se acaba de renovar", 1)),
)
"""The first that fits is taken; what is not listed is that something isn't there yet."""

_OF_STATUS = {
    400: (
        "solicitud-ilegible",
        "La solicitud no se entiende; revise que sea JSON válido en UTF-8.",
    ),
    404: ("direccion-desconocida", "No existe esa dirección."),
    405: ("metodo-no-admitido", "Esa dirección no admite este método."),
    408: ("solicitud-lenta", "La solicitud tardó demasiado en llegar; vuelva a enviarla."),
    413: ("solicitud-demasiado-grande", "La solicitud es demasiado grande."),
}
_UNSERVED = ("no-atendida", "No se pudo atender la solicitud.")
_OF_FIELD = {
    "missing": "falta",
    "string_type": "debe ser un texto",
    "string_unicode": "debe ser un texto en UTF-8",
    "string_too_long": "es demasiado largo",
    "string_too_short": "es demasiado corto",
    "string_pattern_mismatch": "tiene caracteres que no se admiten",
    "too_long": "tiene demasiados elementos",
    "enum": "no es uno de los valores que se admiten",
    "extra_forbidden": "no se conoce",
}


def problem_of(error: Exception, path: str, request_id: str) -> tuple[Problem, dict[str, str]]:
    """The problem for an error, and the headers that go with it."""
    match error:
        case AsistenteError():
            if error.outward is not None:  # the inside is for those who run it, by the request's id
                log.warning("no disponible", reason=str(error), cause=_cause(error))
            sort = next((s for kind, s in _SORTS if isinstance(error, kind)), _UNAVAILABLE)
            problem = _problem(sort, error.for_visitors, path, request_id)
            if isinstance(error, PositionError) and error.positions:
                problem.positions = [p.number for p in error.positions]
            return problem, _headers(error, sort)
        case RequestValidationError():
            return _invalid(error.errors(), path, request_id), {}
        case HTTPException():
            name, detail = _OF_STATUS.get(error.status_code, _UNSERVED)
            sort = _Sort(error.status_code, name, detail.rstrip("."))
            return _problem(sort, detail, path, request_id), dict(error.headers or {})
        case _:
            sort = _Sort(500, "error-interno", "Error interno")
            detail = (
                "Ocurrió un error que no se esperaba; si se repite, avise con el identificador "
                f"{request_id}."
            )
            return _problem(sort, detail, path, request_id), {}


def _cause(error: BaseException) -> str | None:
    return type(error.__cause__).__name__ if error.__cause__ else None


def problem_response(error: Exception, path: str, request_id: str) -> JSONResponse:
    """The same as a response."""
    problem, headers = problem_of(error, path, request_id)
    content: dict[str, Any] = problem.model_dump(exclude_none=True)
    if path.startswith("/v1/"):  # what OpenAI's clients look for
        kind = "invalid_request_error" if problem.status < 500 else "server_error"
        code = problem.type.removeprefix(_URN)
        content["error"] = {"message": problem.detail, "type": kind, "param": None, "code": code}
    return JSONResponse(content, problem.status, headers, media_type=MEDIA_TYPE)


def current_request_id() -> str:
    """The id of the request that is being answered."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def install_problems(app: FastAPI) -> None:
    """Tell every error of the app as a problem."""

    async def told(request: Request, error: Exception) -> JSONResponse:
        return problem_response(error, request.url.path, current_request_id())

    for kind in (AsistenteError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, told)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of these statuses."""
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


_DESCRIPTIONS = {
    400: "El cuerpo no es JSON válido.",
    401: "Falta la clave de acceso, o la sesión.",
    403: "El papel de la persona no lo permite, o falta el sello del formulario.",
    404: "No existe ese manual, esa sección o ese puesto.",
    413: "La pregunta o la solicitud es demasiado larga.",
    422: "La pregunta está vacía o falta un campo.",
    429: "Demasiadas solicitudes; `Retry-After` dice cuánto esperar.",
    503: "Todavía no hay índice, o la base de datos no responde.",
}


def _problem(sort: _Sort, detail: str, path: str, request_id: str) -> Problem:
    return Problem(
        type=_URN + sort.name,
        title=sort.title,
        status=sort.status,
        detail=detail,
        instance=path,
        request_id=request_id,
    )


def _headers(error: AsistenteError, sort: _Sort) -> dict[str, str]:
    if isinstance(error, TooManyRequestsError | LockedOutError):
        return {"Retry-After": str(error.seconds)}
    if isinstance(error, UnauthorizedError):
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": str(sort.retry_after)} if sort.retry_after else {}


def _invalid(errors: Sequence[Mapping[str, Any]], path: str, request_id: str) -> Problem:
    """The problem of a request whose form is wrong. What was sent is not repeated."""
    if any(each["type"] == "json_invalid" for each in errors):
        sort = _Sort(400, "json-no-valido", "El cuerpo no es JSON válido")
        detail = "El cuerpo de la solicitud no es JSON válido; revise comillas, comas y llaves."
        return _problem(sort, detail, path, request_id)
    fields = [
        InvalidField(
            field=".".join(str(part) for part in each["loc"][1:]) or str(each["loc"][0]),
            message=_OF_FIELD.get(each["type"], "no es válido"),
        )
        for each in errors
    ]
    sort = _Sort(422, "solicitud-no-valida", "La solicitud no es válida")
    told = "; ".join(f"«{each.field}» {each.message}" for each in fields)
    problem = _problem(sort, f"Revise la solicitud: {told}.", path, request_id)
    problem.errors = fields
    return problem
