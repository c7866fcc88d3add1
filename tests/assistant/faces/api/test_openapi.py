"""The OpenAPI document is complete and true: what schemathesis makes of it never breaks the app."""

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assistant.faces.api import create_app
from assistant.running.settings import Settings

_CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


_OPERATIONS = [
    operation.ok()
    for operation in schemathesis.openapi.from_dict(
        create_app(Settings()).openapi()
    ).get_all_operations()
]


@pytest.mark.parametrize("operation", _OPERATIONS, ids=lambda operation: operation.label)
def test_nothing_that_can_be_sent_breaks_it(server: httpx.Client, operation: Any) -> None:
    made_up = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @given(made_up, st.booleans())
    @settings(
        max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def send(case: Any, of_a_real_manual: bool) -> None:
        if of_a_real_manual and "code" in (case.path_parameters or {}):
            case.path_parameters["code"] = "MO-SIG-01"
        case.call_and_validate(base_url=str(server.base_url), checks=_CHECKS)

    send()


def test_every_operation_is_told_in_spanish_with_its_problems(server: httpx.Client) -> None:
    document = server.get("/openapi.json").json()
    assert {path.split("{")[0].rstrip("/") for path in document["paths"]} >= {
        "/api/ask", "/api/ask/stream", "/api/manuals", "/api/feedback", "/api/conversations",
        "/healthz", "/readyz", "/metrics", "/v1/models", "/v1/chat/completions",
    }  # fmt: skip
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            assert operation["description"], path
            assert operation["tags"], path
            if path.startswith(("/api", "/v1")):
                assert {"401", "429", "503"} <= set(operation["responses"]), path
    assert "HTTPValidationError" not in str(document)


def test_questions_have_examples(server: httpx.Client) -> None:
    schemas = server.get("/openapi.json").json()["components"]["schemas"]
    for name in ("Question", "FeedbackIn", "ChatRequest"):
        assert schemas[name]["examples"], name
