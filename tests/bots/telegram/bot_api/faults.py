"""What can go wrong between Telegram and a bot."""

import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class _Flood:
    retry_after: int
    times: int


@dataclass(frozen=True)
class Outage:
    """What stands before Telegram, or Telegram itself, answers in place of the method."""

    status: int
    body: str
    media_type: str


@dataclass
class Faults:
    """Faults that are on now. The world's lock guards it."""

    silent_until: float = 0.0
    """Until then, by the machine's steady clock, calls hang; after it they end in 502."""
    stopping: bool = False
    """The server is going away: who waits for updates is sent home."""
    floods: list[_Flood] = field(default_factory=list)
    outage: Outage | None = None
    outages: Counter[str] = field(default_factory=Counter)
    """How many of the next calls of each method meet it."""

    def forget(self) -> None:
        """All is well again."""
        self.silent_until = 0.0
        self.floods.clear()
        self.outages.clear()

    def flood(self, retry_after: int, times: int) -> None:
        """Refuse so many calls that send or edit something."""
        self.floods.append(_Flood(retry_after, times))

    def take_flood(self) -> int | None:
        """How long this call is to wait, if it is to be refused."""
        while self.floods and self.floods[0].times <= 0:
            self.floods.pop(0)
        if not self.floods:
            return None
        self.floods[0].times -= 1
        return self.floods[0].retry_after

    def take_outage(self, method: str) -> Outage | None:
        """What this call gets, if it is not to be carried out."""
        if self.outages[method.lower()] <= 0:
            return None
        self.outages[method.lower()] -= 1
        return self.outage

    @property
    def silence(self) -> float:
        """Seconds that calls still hang."""
        return max(0.0, self.silent_until - time.monotonic())
