"""Whether a message is for the bot, and what it says to it."""

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity
from telegram.constants import ChatType

from corpus.spanish import fold

_COMMAND = re.compile(r"/([^\s@/]+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True)
class Command:
    """A command: its name without accents, and what follows it."""

    name: str
    argument: str
    is_ours: bool = True
    """False for one that names another bot."""
    is_named: bool = False
    """Whether it names this bot."""


def command_of(text: str, username: str) -> Command | None:
    """The command that a text is, or None. `/inducción@bot X` is `induccion` with "X"."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return None
    name, named, argument = found.groups()
    is_named = named is not None and named.casefold() == username.casefold()
    return Command(fold(name), (argument or "").strip(), named is None or is_named, is_named)


def is_private(message: Message) -> bool:
    """Whether it is a chat of two."""
    return message.chat.type == ChatType.PRIVATE


def is_addressed(message: Message, bot_id: int, username: str) -> bool:
    """Whether a message of a group mentions the bot or replies to it."""
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id:
        return True
    mention = f"@{username}".casefold()
    mentioned = message.parse_entities([MessageEntity.MENTION]).values()
    if any(each.casefold() == mention for each in mentioned):
        return True
    return any(e.user is not None and e.user.id == bot_id for e in message.entities)


def without_mention(text: str, username: str) -> str:
    """What is said to the bot, without its name."""
    said = re.sub(rf"@{re.escape(username)}\b", " ", text, flags=re.I)
    return re.sub(r"\s+", " ", said).strip(" ,:")
