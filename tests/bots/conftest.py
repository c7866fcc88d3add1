"""What the tests of all channels share: what a screen looks like."""

from collections.abc import Callable

import pytest

from assistant.asking.core import Assistant
from bots.chat.screens import AnyScreen
from bots.chat.showing import view_of
from bots.chat.view import View

Look = Callable[[AnyScreen], View]


@pytest.fixture(scope="session")
def look(librarian: Assistant) -> Look:
    """Looks at a screen over MO-SIG-01 and MO-SFA-04."""
    return lambda screen: view_of(screen, librarian.library)
