"""What the tests of the bot share: what a screen looks like over real manuals."""

from collections.abc import Callable

import pytest

from assistant.core import Assistant
from bots.telegram.screens import AnyScreen
from bots.telegram.showing import view_of
from bots.telegram.view import View

Look = Callable[[AnyScreen], View]


@pytest.fixture(scope="session")
def look(librarian: Assistant) -> Look:
    """Looks at a screen over MO-SIG-01 and MO-SFA-04."""
    return lambda screen: view_of(screen, librarian.library)
