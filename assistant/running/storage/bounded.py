"""A connection to PostgreSQL whose every wait has a limit: a server that is stopped keeps its
connections open and says nothing, so that neither libpq nor the kernel would ever give up."""

from typing import Any

import psycopg
from psycopg.errors import _WaitTimeout

_INTERVAL = 0.1
"""Seconds between looks at whether somebody wants the process to end."""


class BoundedConnection(psycopg.Connection[Any]):
    """Is closed when the server does not answer in `seconds`: what would come then is late."""

    seconds = 5.0

    def wait(self, gen: Any, interval: float = _INTERVAL, timeout: float | None = None) -> Any:
        """What a request brings. Raises psycopg.OperationalError when it takes too long."""
        try:
            return super().wait(gen, interval, self.seconds if timeout is None else timeout)
        except _WaitTimeout as error:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError("the server did not answer in time") from error
