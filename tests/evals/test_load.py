"""The load generator counts answers and errors as they are."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evals.speed.load_generator import NoLoadGeneratorError, put_load

_EVERY_THIRD_FAILS = 3


class _Server(ThreadingHTTPServer):
    """Answers each question with its number; every third one with an error."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.bodies: list[bytes] = []
        self.lock = threading.Lock()


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.bodies.append(body)
            failing = len(self.server.bodies) % _EVERY_THIRD_FAILS == 0
        self.send_response(503 if failing else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[_Server]:
    server = _Server()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_question_is_asked_and_every_error_counted(server: _Server, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{server.server_address[1]}"
    questions = ["¿Quién?", '¿Qué dice "esto"?', "¿Cuántos?"]
    try:
        load = put_load(address, questions, 2, 1, tmp_path)
    except NoLoadGeneratorError as error:
        pytest.skip(str(error))
    assert {body.decode() for body in server.bodies} == {
        '{"question": "\\u00bfQui\\u00e9n?"}',
        '{"question": "\\u00bfQu\\u00e9 dice \\"esto\\"?"}',
        '{"question": "\\u00bfCu\\u00e1ntos?"}',
    }
    assert load.requests > 10
    assert load.errors == pytest.approx(load.requests / _EVERY_THIRD_FAILS, abs=4)
    assert 0 < load.p50 <= load.p95 <= load.p99
    assert load.rate == pytest.approx(load.requests, rel=0.5)
