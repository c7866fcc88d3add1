"""Who connects and says nothing, or very slowly, keeps nobody else out."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import pytest

from tests.faults.conftest import STRUCTURAL

Serving = Callable[..., AbstractContextManager[Any]]


@contextmanager
def idle_connections(port: int, count: int) -> Iterator[list[socket.socket]]:
    """So many connections that say nothing."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(count)
        ]


def is_closed(connection: socket.socket) -> bool:
    """Whether the other side closes it within half a minute."""
    connection.settimeout(30)
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


@pytest.mark.parametrize("of_one_client", ["100", "1000"])
def test_three_hundred_idle_connections_stop_nobody(serving: Serving, of_one_client: str) -> None:
    """At 256 file descriptors; the second time nobody is turned away for having too many."""
    with serving(open_files=256, client_connections=of_one_client) as server:
        server.until(lambda: server.ask(STRUCTURAL).status_code == 200)
        with idle_connections(server.client.base_url.port, 300):
            for _ in range(5):
                assert server.ask(STRUCTURAL).json()["kind"] == "answer"
        assert "Too many open files" not in server.log


def test_who_sends_a_request_drop_by_drop_is_let_go(serving: Serving) -> None:
    with serving() as server, idle_connections(server.client.base_url.port, 2) as (silent, slow):
        slow.sendall(b"POST /api/ask HTTP/1.1\r\nHost: x\r\nX-Drop: ")
        assert is_closed(silent)
        assert is_closed(slow)
        assert server.ask(STRUCTURAL).json()["kind"] == "answer"
