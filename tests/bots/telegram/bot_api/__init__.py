"""A small, strict Telegram Bot API server for tests, and the people who talk to the bot on it.

with TelegramServer() as telegram:
    ana = telegram.user("Ana")
    ...  # start the bot with telegram.base_url and telegram.token
    ana.says("¿quién ve lo de las juntas vecinales?")
    answer = ana.receives()
    ana.taps(answer, "§ 3.2")
    passage = ana.waits_for_edit(answer)
    print(ana.chat.transcript())
    telegram.check()
"""

from tests.bots.telegram.bot_api.chatroom import Chatroom
from tests.bots.telegram.bot_api.chats import File, Kind, Message
from tests.bots.telegram.bot_api.errors import ApiError
from tests.bots.telegram.bot_api.formatting import Entity, Formatted, utf16_length
from tests.bots.telegram.bot_api.html_reading import parse_html
from tests.bots.telegram.bot_api.keyboards import Button
from tests.bots.telegram.bot_api.people import Person
from tests.bots.telegram.bot_api.polls import Poll
from tests.bots.telegram.bot_api.server import TelegramServer
from tests.bots.telegram.bot_api.world import InlineResult, Tap

__all__ = [
    "ApiError",
    "Button",
    "Chatroom",
    "Entity",
    "File",
    "Formatted",
    "InlineResult",
    "Kind",
    "Message",
    "Person",
    "Poll",
    "Tap",
    "TelegramServer",
    "parse_html",
    "utf16_length",
]
