"""Puts the app together: routers, middleware, pages, and what runs beside them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from assistant.asking.core import Assistant
from assistant.desk.identity_provider import identity_provider_of
from assistant.faces.api.body import BodyLimit
from assistant.faces.api.deps import Shared
from assistant.faces.api.desk import UPLOADS, install_desk
from assistant.faces.api.desk.access import networks_of
from assistant.faces.api.desk.working import Work
from assistant.faces.api.frame import REQUEST_ID, RequestFrame
from assistant.faces.api.gate import GUARDED, OWN_ACCESS, WRONG_KEYS, Gate
from assistant.faces.api.identity import identity_of
from assistant.faces.api.metrics import Metrics
from assistant.faces.api.pages import install_pages
from assistant.faces.api.problems import Problem, install_problems
from assistant.faces.api.routers import (
    ask,
    audit,
    charts,
    conversations,
    feedback,
    health,
    induction,
    manuals,
    openai_compatible,
    versions,
)
from assistant.faces.serving.answering import Answering
from assistant.faces.serving.services import ServiceDesk
from assistant.faces.serving.threads import threads_for
from assistant.faces.serving.upkeep import beside, forget_old, warm_up
from assistant.running.logs import configure_logs
from assistant.running.settings import Settings, listed, load_settings, revealed
from assistant.running.throttling import Throttle
from corpus.printed_pages import PrintedPages

log = structlog.get_logger("asistente.api")

_ABOUT = """\
Responde preguntas sobre manuales de organización, con la sección, la página y la cita textual de
todo lo que afirma. Es un asistente automático: lo que vale es el manual impreso.

Los errores son `application/problem+json` (RFC 9457), con la explicación en `detail`.
"""
_ROUTERS = (
    ask,
    manuals,
    charts,
    audit,
    versions,
    induction,
    feedback,
    conversations,
    openai_compatible,
    health,
)


def create_app(settings: Settings, assistant: Assistant | None = None) -> FastAPI:
    """The app. Index and database are opened in the background; until then it answers 503.

    `assistant` stands in for the one that the settings name. Raises ThrottleError, IdentityError,
    NetworksError and ProviderSettingsError.
    """
    networks_of(settings)
    identity_provider_of(settings)
    redis = revealed(settings.redis_url)
    throttle = Throttle(settings.rate_limit, redis)
    metrics = Metrics(settings.llm_price_read, settings.llm_price_written)
    wrong_keys = Throttle(WRONG_KEYS, redis)
    app = FastAPI(
        title="Asistente del Manual",
        version="1",
        description=_ABOUT,
        docs_url=None,  # the usual pages load scripts from another host
        redoc_url=None,
        lifespan=_lifespan(settings, assistant, metrics, (throttle, wrong_keys)),
    )
    for each in _ROUTERS:
        app.include_router(each.router)
    install_problems(app)
    install_desk(app)
    install_pages(app, identity_of(settings))
    # the last one added is the outermost
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    upload = settings.source_max_mb * 1_000_000 + settings.body_limit
    larger = dict.fromkeys(UPLOADS, upload) | {"/oficina/ajustes": 300_000 + settings.body_limit}
    app.add_middleware(BodyLimit, limit=settings.body_limit, larger=larger)
    app.add_middleware(
        Gate,
        throttle=throttle,
        keys=settings.keys,
        wrong_keys=wrong_keys,
        open_parts=listed(settings.open_without_key),
        hosts=listed(settings.allowed_hosts),
        own_secret=urlsplit(settings.telegram_webhook_url or "").path or None,
    )
    app.add_middleware(
        CORSMiddleware,
        allow_origins=listed(settings.cors_origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "X-API-Key", REQUEST_ID],
        expose_headers=[REQUEST_ID, "Retry-After"],
    )
    app.add_middleware(
        RequestFrame,
        metrics=metrics,
        parents=listed(settings.page_parents),
        may_listen=settings.page_dictation,
    )
    _describe(app, needs_key=bool(settings.keys))
    return app


def app_from_environment() -> FastAPI:
    """The app that a worker process serves. Raises SettingsError and ThrottleError."""
    settings = load_settings()
    configure_logs(settings.log_format, settings.secrets)
    return create_app(settings)


def _lifespan(
    settings: Settings,
    assistant: Assistant | None,
    metrics: Metrics,
    throttles: Sequence[Throttle],
) -> Any:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        desk = ServiceDesk(settings, assistant)
        threads = threads_for(settings)
        answering = Answering(settings, threads, metrics.count_outcome)
        printed = PrintedPages(settings.data_dir)
        app.state.shared = Shared(settings, desk, threads, answering, metrics, printed)
        app.state.desk_work = Work(settings.shutdown_timeout)
        async with AsyncExitStack() as stack:
            stack.callback(desk.close)
            for each in throttles:
                stack.push_async_callback(each.close)
            stack.push_async_callback(app.state.desk_work.end)
            for work in (warm_up(desk, threads), forget_old(desk, threads, settings)):
                await stack.enter_async_context(beside(work))
            yield

    return lifespan


def _describe(app: FastAPI, *, needs_key: bool) -> None:
    """Complete the OpenAPI document: the shape of problems, and the key if one is needed."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            components = document.setdefault("components", {})
            schemas = components.setdefault("schemas", {})
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(problem.pop("$defs", {}))
            schemas["Problem"] = problem
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            if needs_key:
                components["securitySchemes"] = {"clave": {"type": "http", "scheme": "bearer"}}
                for path, methods in document["paths"].items():
                    for operation in methods.values():
                        if path.startswith(GUARDED) and not path.startswith(OWN_ACCESS):
                            operation["security"] = [{"clave": []}]
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
