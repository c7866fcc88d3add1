"""Chats as people see them: accounts, messages with what they show now, and what happened."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.bots.telegram.bot_api.formatting import EMPTY, Formatted
from tests.bots.telegram.bot_api.keyboards import Button, Keyboard, wire_keyboard


@dataclass(frozen=True)
class Account:
    """A person or a bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def wire(self) -> dict[str, Any]:
        made: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            made["username"] = self.username
        if self.language_code:
            made["language_code"] = self.language_code
        return made


@dataclass(frozen=True)
class File:
    """A file in a message."""

    id: str
    name: str
    content: bytes
    width: int = 0
    height: int = 0
    mime: str = "application/octet-stream"

    def wire(self) -> dict[str, Any]:
        made = {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}
        if self.width:
            return {**made, "width": self.width, "height": self.height}
        return {**made, "file_name": self.name, "mime_type": self.mime}


class Kind(StrEnum):
    """What a message is."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    STICKER = "sticker"
    LOCATION = "location"


@dataclass(frozen=True)
class Message:
    """A message as it was seen at one moment; an edit makes another, with a higher `version`."""

    id: int
    sender: Account
    date: int
    kind: Kind
    body: Formatted = EMPTY
    """The text, or the caption of a picture or file."""
    keyboard: Keyboard = ()
    force_reply: bool = False
    reply_to: int | None = None
    attachment: File | None = None
    other: dict[str, Any] = field(default_factory=dict)
    """What a voice message, sticker or location is."""
    thread: int | None = None
    """In a group: the first message of a chain of replies."""
    via_bot: Account | None = None
    version: int = 0
    edited: int | None = None

    @property
    def text(self) -> str:
        """What is read, without any tags; empty for a picture or file."""
        return self.body.text if self.kind is Kind.TEXT else ""

    @property
    def caption(self) -> str:
        """What is read below a picture or file."""
        return "" if self.kind is Kind.TEXT else self.body.text

    @property
    def html(self) -> str:
        """The text or caption with its tags."""
        return self.body.html()

    @property
    def bold(self) -> tuple[str, ...]:
        """What stands out in bold."""
        return self.body.parts("bold")

    @property
    def file(self) -> bytes:
        """The content of the picture or file."""
        assert self.attachment is not None, f"message {self.id} has no file"
        return self.attachment.content

    @property
    def labels(self) -> list[str]:
        """What the buttons say, row by row."""
        return [button.text for row in self.keyboard for button in row]

    def button(self, label: str) -> Button:
        """The button that says so, or begins so; "§ 3.2" is rather "§ 3.2, p. 47" than "§ 3.2.1".

        Fails where there is none, or more than one.
        """
        buttons = [button for row in self.keyboard for button in row]
        beginning = [each for each in buttons if each.text.startswith(label)]
        whole = [each for each in beginning if each.text[len(label) :][:1] in ("", " ", ",", ":")]
        exact = [each for each in whole if each.text == label]
        found = exact or whole or beginning
        assert found, f"no button {label!r} among {self.labels}"
        assert len(found) == 1, f"{label!r} is not one button among {self.labels}"
        return found[0]


class EventKind(StrEnum):
    """What can happen in a chat."""

    SENT = "sent"
    EDITED = "edited"
    TAPPED = "tapped"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Event:
    """Something that happened in a chat, for the transcript."""

    kind: EventKind
    who: Account
    message: Message
    told: str = ""
    """What a button said, or what a tap was answered."""


@dataclass
class Chat:
    """A private chat or a group."""

    id: int
    kind: str
    title: str
    members: list[Account]
    started: bool = False
    """In a private chat the bot may only write after the person did."""
    messages: dict[int, Message] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    """What the bot was seen doing: `typing`, `upload_photo`, …"""
    sent_at: list[float] = field(default_factory=list)
    """When the bot sent messages, by the time that passes in this chat."""
    ahead: float = 0.0
    """Seconds by which the chat's time is ahead of the clock: what its people did takes time."""
    last_id: int = 0

    @property
    def is_group(self) -> bool:
        return self.kind != "private"

    def new_id(self) -> int:
        """Each chat counts its messages by itself."""
        self.last_id += 1
        return self.last_id

    def wire(self) -> dict[str, Any]:
        made: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.is_group:
            return made | {"title": self.title}
        person = self.members[0]
        return made | {
            "first_name": person.first_name,
            **({"username": person.username} if person.username else {}),
        }

    def wire_message(self, message: Message, *, nested: bool = True) -> dict[str, Any]:
        """A message as the Bot API writes it; what it replies to stands in it once."""
        made: dict[str, Any] = {
            "message_id": message.id,
            "from": message.sender.wire(),
            "chat": self.wire(),
            "date": message.date,
            **_content(message),
        }
        replied = self.messages.get(message.reply_to or 0)
        if nested and replied is not None:
            made["reply_to_message"] = self.wire_message(replied, nested=False)
        if message.thread is not None:
            made["message_thread_id"] = message.thread
        if message.keyboard:
            made["reply_markup"] = wire_keyboard(message.keyboard)
        if message.edited is not None:
            made["edit_date"] = message.edited
        if message.via_bot is not None:
            made["via_bot"] = message.via_bot.wire()
        return made


def _content(message: Message) -> dict[str, Any]:
    entities = [each.wire() for each in message.body.entities]
    if message.kind is Kind.TEXT:
        return {"text": message.body.text, **({"entities": entities} if entities else {})}
    made: dict[str, Any] = {}
    if message.body.text:
        made["caption"] = message.body.text
        if entities:
            made["caption_entities"] = entities
    file = message.attachment
    described = file.wire() if file else message.other
    made[message.kind.value] = [described] if message.kind is Kind.PHOTO else described
    return made
