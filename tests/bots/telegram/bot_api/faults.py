"""What can go wrong between Telegram and a bot."""

import time
from dataclasses import dataclass, field


@dataclass
class _Flood:
    retry_after: int
    times: int


@dataclass
class Faults:
    """Faults that are on now. The world's lock guards it."""

    silent_until: float = 0.0
    """Until then, by the machine's steady clock, calls hang; after it they end in 502."""
    stopping: bool = False
    """The server is going away: who waits for updates is sent home."""
    floods: list[_Flood] = field(default_factory=list)

    def forget(self) -> None:
        """All is well again."""
        self.silent_until = 0.0
        self.floods.clear()

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

    @property
    def silence(self) -> float:
        """Seconds that calls still hang."""
        return max(0.0, self.silent_until - time.monotonic())
