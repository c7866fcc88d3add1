"""A scripted, strict OpenAI-compatible chat server on loopback, which misbehaves as it is told.

with model_server() as model:
    model.will(Fails(503), Says("La Dirección de Gobierno Digital [1]."))
    ...  # ask with base_url=model.base_url, api_key="x", model=MODEL
    assert model.requests[-1].messages[-1].text == "¿A quién le reporta?"
    assert not model.complaints
"""

from tests.assistant.writing.model_server.chat_request import ChatRequest
from tests.assistant.writing.model_server.http import model_server, refused
from tests.assistant.writing.model_server.scripts import (
    CallsTools,
    CutOff,
    Fails,
    Garbage,
    Hangs,
    Says,
    Script,
    ToolCall,
)
from tests.assistant.writing.model_server.server import MODEL, ModelServer

__all__ = [
    "MODEL",
    "CallsTools",
    "ChatRequest",
    "CutOff",
    "Fails",
    "Garbage",
    "Hangs",
    "ModelServer",
    "Says",
    "Script",
    "ToolCall",
    "model_server",
    "refused",
]
