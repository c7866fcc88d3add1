"""What a test sees of the server: what the model is to do, and what was asked of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.assistant.writing.model_server.chat_request import ChatRequest
from tests.assistant.writing.model_server.scripts import Script

MODEL = "prueba"
"""The model that is listed; requests for others are answered alike."""
PATIENCE = 5.0
"""Seconds that a test waits for requests."""


class ModelServer:
    """A model at `base_url`. Until it is told what to do, each request is a complaint."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.under_way = 0
        """Requests whose replies have not ended."""
        self._changed = threading.Condition()
        self.reset()

    def reset(self) -> None:
        """Be as new, but for requests still under way."""
        with self._changed:
            self.requests: list[ChatRequest] = []
            """Those that were well-formed, in the order in which they came."""
            self.complaints: list[str] = []
            """What clients, or the test's own scripts, did wrong."""
            self.most_at_once = self.under_way
            """The most requests that were under way at the same time; one whose client went away
            counts until that is noticed."""
            self._scripts: list[Script] = []

    def will(self, *scripts: Script) -> None:
        """What to do with the next requests, one each; the last one goes for all after it."""
        with self._changed:
            self._scripts = list(scripts)

    def always(self, script: Script) -> None:
        """What to do with each request from now on."""
        self.will(script)

    def waits_for_requests(self, count: int, timeout: float = PATIENCE) -> None:
        """Returns once so many requests have come. Fails if they don't."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.requests) >= count, timeout)
            assert came, f"{len(self.requests)} requests came, not {count}"

    def waits_until_idle(self, timeout: float = PATIENCE) -> None:
        """Returns once no request is under way. Fails if some stay so."""
        with self._changed:
            idle = self._changed.wait_for(lambda: self.under_way == 0, timeout)
            assert idle, f"{self.under_way} requests are still under way"

    @contextmanager
    def taking(self, request: ChatRequest) -> Iterator[Script | None]:
        """What to do with a request, which is under way within the block; None if nobody said."""
        with self._changed:
            self.requests.append(request)
            self.under_way += 1
            self.most_at_once = max(self.most_at_once, self.under_way)
            script = self._scripts[0] if self._scripts else None
            if len(self._scripts) > 1:
                self._scripts.pop(0)
            self._changed.notify_all()
        try:
            yield script
        finally:
            with self._changed:
                self.under_way -= 1
                self._changed.notify_all()
