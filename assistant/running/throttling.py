"""How many requests a client may make: one limiter for the API and the bots.

Counted in the memory of the process, or in a Redis that all processes share.
"""

import logging
import math
import time
from typing import TYPE_CHECKING

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

from corpus.breaker import Breaker
from corpus.errors import AsistenteError

if TYPE_CHECKING:
    from redis.asyncio import ConnectionPool

log = logging.getLogger(__name__)

NO_LIMIT = "no"
_REDIS_SECONDS = 0.3
"""How long Redis may take; then the request is counted here instead."""
_REST_SECONDS = 15.0
"""For how long a Redis that failed is not asked: only one request in that time waits for it."""


class ThrottleError(AsistenteError):
    """The Redis server of the settings can't be used."""


class TooManyRequestsError(AsistenteError):
    """The client must wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, math.ceil(seconds))
        wait = "un segundo" if self.seconds == 1 else f"{self.seconds} segundos"
        super().__init__(f"Ha hecho demasiadas preguntas seguidas; espere {wait}.")


class Throttle:
    """Admits so many requests of a client in any stretch of time. For one event loop.

    While Redis doesn't answer, requests are counted in memory: people come before exactness.
    """

    def __init__(self, rate: str, redis_url: str | None = None) -> None:
        """`rate` is like "60/minute", or "no". Raises ThrottleError for a URL that can't be."""
        self._rate: RateLimitItem | None = None if rate == NO_LIMIT else parse(rate)
        self._breaker = Breaker(_REST_SECONDS)
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._pool = _redis_pool(redis_url) if redis_url else None
        self._shared = _counting_in(self._pool) if self._pool else self._here

    async def seconds_to_wait(self, client: str, times: int = 1, *, counts: bool = True) -> float:
        """Count a request: 0 if it is admitted, or the seconds until the next one would be.

        With `counts` false, only look whether one would be admitted.

        `times` multiplies the rate, for requests of which more are allowed; `client` must then
        tell apart what is counted apart.
        """
        if self._rate is None:
            return 0.0
        rate = type(self._rate)(self._rate.amount * times, self._rate.multiples)
        if self._pool is None or not self._breaker.admits():
            return await _asked(self._here, rate, client, counts=counts)
        try:
            seconds = await _asked(self._shared, rate, client, counts=counts)
        except StorageError:
            if not self._breaker.is_resting:
                log.warning("redis does not answer; counting requests in this process")
            self._breaker.failed()
            return await _asked(self._here, rate, client, counts=counts)
        self._breaker.worked()
        return seconds

    async def close(self) -> None:
        """Close the connections to Redis."""
        if self._pool is not None:
            await self._pool.aclose()


async def _asked(
    limiter: MovingWindowRateLimiter, rate: RateLimitItem, client: str, *, counts: bool
) -> float:
    ask = limiter.hit if counts else limiter.test
    if await ask(rate, client):
        return 0.0
    window = await limiter.get_window_stats(rate, client)
    return max(window.reset_time - time.time(), 0.001)


def _redis_pool(url: str) -> "ConnectionPool":
    try:
        from redis.asyncio import ConnectionPool

        return ConnectionPool.from_url(
            url, socket_connect_timeout=_REDIS_SECONDS, socket_timeout=_REDIS_SECONDS
        )
    except (ImportError, ValueError) as error:
        raise ThrottleError(
            "No se puede contar en Redis; compruebe ASISTENTE_REDIS_URL, y que esté instalado "
            "«asistente-del-manual[redis]»."
        ) from error


def _counting_in(pool: "ConnectionPool") -> MovingWindowRateLimiter:
    # the address serves only to choose the class: the pool knows where Redis is
    return MovingWindowRateLimiter(
        RedisStorage(
            "async+redis://",
            implementation="redispy",
            wrap_exceptions=True,
            connection_pool=pool,  # type: ignore[arg-type]  # handed on to redis, as documented
        )
    )
