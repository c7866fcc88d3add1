"""A chat in Markdown, as the people in it saw it."""

import re
from collections.abc import Iterator

from tests.bots.telegram.bot_api.chats import Chat, Event, EventKind, Kind, Message
from tests.bots.telegram.bot_api.formatting import Entity

_SPECIAL = frozenset("\\`*_[]<>#|~")
_MARKS = {"bold": ("**", "**"), "italic": ("*", "*")}
_LIST_ITEM = re.compile(r"^(?:(\d+)([.)])|([-+]))(?=\s)")
_KILOBYTE = 1024
_MARKS_OF_KINDS = {
    Kind.VOICE: "🎤 voice message",
    Kind.STICKER: "🙂 sticker",
    Kind.LOCATION: "📍 location",
}


def transcript(chat: Chat) -> str:
    """Who said what, in order; each message a quotation, and what happened to it in italics."""
    return "\n\n".join(_told(event) for event in chat.events) + "\n"


def _told(event: Event) -> str:
    who = _escaped(event.who.first_name)
    match event.kind:
        case EventKind.SENT:
            via = event.message.via_bot
            through = f" (via {_escaped(via.first_name)})" if via else ""
            return f"**{who}**{through}\n\n{_shown(event.message)}"
        case EventKind.EDITED:
            return f"*{who} changes the message to*\n\n{_shown(event.message)}"
        case EventKind.TAPPED:
            return f"*{who} taps* `[ {event.told} ]`"
        case EventKind.ANSWERED:
            return f"*{who} shows a notice:* {_escaped(event.told)}"


def _shown(message: Message) -> str:
    lines = [*_content(message)]
    for row in message.keyboard:
        lines += ["", " ".join(f"`[ {button.text} ]`" for button in row)]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _content(message: Message) -> Iterator[str]:
    file = message.attachment
    if file is not None and message.kind is Kind.PHOTO:
        yield f"🖼 `{file.name}`, {file.width} × {file.height}, {_size(len(file.content))}"
        yield ""
    elif file is not None:
        yield f"📄 `{file.name}`, {_size(len(file.content))}"
        yield ""
    elif message.kind in _MARKS_OF_KINDS:
        yield f"*{_MARKS_OF_KINDS[message.kind]}*"
    text = message.body.rendered(_marks, _escaped)
    if text:
        yield from _with_breaks(text.split("\n"))


def _with_breaks(lines: list[str]) -> Iterator[str]:
    """A line ends where it ended in the chat, also within a paragraph."""
    lines = [_LIST_ITEM.sub(lambda found: _no_item(found[0]), line) for line in lines]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        yield f"{line}\\" if line.strip() and following.strip() else line


def _no_item(beginning: str) -> str:
    """A number or dash that was typed does not begin a list."""
    return f"{beginning[:-1]}\\{beginning[-1]}"


def _marks(entity: Entity) -> tuple[str, str]:
    return _MARKS.get(entity.type, ("", ""))


def _escaped(text: str) -> str:
    return "".join(f"\\{each}" if each in _SPECIAL else each for each in text)


def _size(count: int) -> str:
    return f"{count / _KILOBYTE:.0f} KB" if count >= _KILOBYTE else f"{count} bytes"
