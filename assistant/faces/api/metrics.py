"""What Prometheus is told: requests, latencies, answers by kind, and the time of each step."""

import os
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from assistant.faces.serving.answer_log import Came
from assistant.writing.record import WritingRecord

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MULTIPROCESS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Set by `asistente servir` for several workers: the folder in which they add up their counts."""
_WRITING_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The metrics of one app. Safe for threads."""

    def __init__(self, price_read: float = 0.0, price_written: float = 0.0) -> None:
        """The prices are of a million tokens of the language model, in any currency."""
        self._prices = price_read, price_written
        self._registry = CollectorRegistry()
        counter = partial(Counter, registry=self._registry)
        histogram = partial(Histogram, registry=self._registry)
        self.requests = counter(
            "asistente_http_requests",
            "Requests by method, route and status.",
            ["method", "route", "status"],
        )
        self.latency = histogram(
            "asistente_http_request_seconds",
            "Seconds from a request's first byte to the response's last.",
            ["method", "route"],
            buckets=_SECONDS,
        )
        self.under_way = Gauge(
            "asistente_http_requests_under_way",
            "Requests that are being answered.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._answers = counter(
            "asistente_answers",
            "Answers by kind, reason and the endpoint that asked.",
            ["kind", "reason", "endpoint"],
        )
        self._failures = counter(
            "asistente_failures",
            "Questions that failed, by the error and the endpoint that asked.",
            ["error", "endpoint"],
        )
        self._steps = histogram(
            "asistente_step_seconds",
            "Seconds of each step of an answer: understand, retrieve, answer, verify; model.",
            ["step"],
            buckets=_SECONDS,
        )
        self._writings = counter(
            "asistente_llm_answers",
            "Answers that a language model was asked to write, by what came of it.",
            ["outcome"],
        )
        self._writing_seconds = histogram(
            "asistente_llm_seconds",
            "Seconds of a language model's writing, the wait and the checks included.",
            buckets=_WRITING_SECONDS,
        )
        self._dropped = counter(
            "asistente_llm_dropped_sentences",
            "Sentences of a language model that did not hold, by why.",
            ["fault"],
        )
        self._tokens = counter(
            "asistente_llm_tokens",
            "Tokens that the language model read and wrote, as its server tells.",
            ["direction"],
        )
        self._cost = counter(
            "asistente_llm_cost", "What these tokens cost, by the prices that are set."
        )
        self._feedback = counter("asistente_feedback", "Thumbs, up or down.", ["thumbs"])

    def count_outcome(self, came: Came, endpoint: str) -> None:
        """Count what came of a question: its answer, or its failure."""
        if isinstance(came, Exception):
            self._failures.labels(type(came).__name__, endpoint).inc()
            return
        reason = came.reason.value if came.reason else "none"
        self._answers.labels(came.kind.value, reason, endpoint).inc()

    def count_feedback(self, thumbs: str) -> None:
        """Count a thumb."""
        self._feedback.labels(thumbs).inc()

    def count_writing(self, record: WritingRecord) -> None:
        """Count what came of letting a language model write."""
        self._writings.labels(record.outcome.value).inc()
        self._writing_seconds.observe(record.seconds)
        for fault in record.dropped:
            self._dropped.labels(fault.value).inc()
        self._tokens.labels("read").inc(record.tokens_read)
        self._tokens.labels("written").inc(record.tokens_written)
        read, written = self._prices
        cost = record.tokens_read * read + record.tokens_written * written
        self._cost.inc(cost / 1_000_000)

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
