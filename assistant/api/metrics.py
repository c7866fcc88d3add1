"""What Prometheus is told: requests, latencies, answers by kind, and the time of each step."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from assistant.answer import Answer

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MULTIPROCESS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Set by `asistente servir` for several workers: the folder in which they add up their counts."""
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The metrics of one app. Safe for threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "asistente_http_requests",
            "Requests by method, route and status.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self.latency = Histogram(
            "asistente_http_request_seconds",
            "Seconds from a request's first byte to the response's last.",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.under_way = Gauge(
            "asistente_http_requests_under_way",
            "Requests that are being answered.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._answers = Counter(
            "asistente_answers",
            "Answers by kind and by the endpoint that asked.",
            ["kind", "endpoint"],
            registry=self._registry,
        )
        self._steps = Histogram(
            "asistente_step_seconds",
            "Seconds of each step of an answer: understand, retrieve, answer, verify; model.",
            ["step"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._feedback = Counter(
            "asistente_feedback", "Thumbs, up or down.", ["thumbs"], registry=self._registry
        )

    def count_answer(self, answer: Answer, endpoint: str) -> None:
        """Count an answer."""
        self._answers.labels(answer.kind.value, endpoint).inc()

    def count_feedback(self, thumbs: str) -> None:
        """Count a thumb."""
        self._feedback.labels(thumbs).inc()

    def time_step(self, step: str, seconds: float) -> None:
        """Note how long a step took."""
        self._steps.labels(step).observe(seconds)

    def exposition(self) -> bytes:
        """All of it in Prometheus' text format; of all workers, if there are several."""
        if MULTIPROCESS_VARIABLE not in os.environ:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
