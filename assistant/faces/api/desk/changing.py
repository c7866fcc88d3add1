"""A change that somebody makes at the desk, with its line in the log."""

from collections.abc import Callable

from assistant.desk.deeds import What
from assistant.faces.api.deps import Shared
from assistant.faces.api.desk.access import Seat


async def changed(seat: Seat, shared: Shared, what: What, change: Callable[[], str]) -> None:
    """Make a change, which says what it was about, and note it. Raises what it does."""
    await shared.threads.run(lambda: seat.note(what, change()))
