"""A chat from the side of the people in it, and the persons: they read, write, tap and wait."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from tests.bots.telegram.bot_api.chats import Account, Chat, Event, EventKind, Kind, Message
from tests.bots.telegram.bot_api.formatting import EMPTY, Formatted
from tests.bots.telegram.bot_api.transcript import transcript
from tests.bots.telegram.bot_api.world import InlineQuery, InlineResult, Tap, World

PATIENCE = 10.0
"""Seconds that people wait for the bot."""
A_MOMENT = 0.3
"""Seconds in which nothing may come, where nothing is to come."""

Seen = TypeVar("Seen")


class Chatroom:
    """What can be seen in a chat."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat
        self._read = 0
        """The newest message of the bot that `receives` gave."""

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def actions(self) -> list[str]:
        """What the bot was seen doing so far: `typing`, `upload_photo`, …"""
        with self.world.changed:
            return list(self.chat.actions)

    def transcript(self) -> str:
        """The chat in Markdown."""
        with self.world.changed:
            return transcript(self.chat)

    def receives(self, timeout: float = PATIENCE) -> Message:
        """The bot's next message that was not looked at yet, as it is now."""
        message = self.waits("a message", self._unread, timeout)
        self._read = message.id
        return message

    def receives_nothing(self, seconds: float = A_MOMENT) -> None:
        """Fails if the bot writes within so many seconds."""
        message = self.world.wait_for(self._unread, seconds)
        assert message is None, f"{self.chat.title} got {message!r}"

    def sees(self, message: Message | int) -> Message:
        """What a message shows now."""
        message_id = message if isinstance(message, int) else message.id
        with self.world.changed:
            return self.chat.messages[message_id]

    def waits_for_edit(self, message: Message, timeout: float = PATIENCE) -> Message:
        """What a message shows once the bot has edited it since it was seen like this."""

        def edited() -> Message | None:
            now = self.chat.messages[message.id]
            return now if now.version > message.version else None

        return self.waits(f"an edit of message {message.id}", edited, timeout)

    def waits_for_action(self, action: str = "typing", timeout: float = PATIENCE) -> None:
        """Returns once the bot was seen doing something."""
        self.waits(action, lambda: action in self.chat.actions or None, timeout)

    def waits(self, what: str, look: Callable[[], Seen | None], timeout: float) -> Seen:
        """What somebody looks for, once it is there. Fails if it does not come in time."""
        found = self.world.wait_for(look, timeout)
        if found is None:
            told = f"no {what} in {self.chat.title!r} within {timeout:g} s"
            raise AssertionError(f"{told}\n\n{self.transcript()}")
        return found

    def _unread(self) -> Message | None:
        own = (m for m in self.chat.messages.values() if m.sender == self.world.bot)
        return next((each for each in own if each.id > self._read), None)


class Person(Chatroom):
    """Somebody, in their private chat; what they do happens there, unless it is said where."""

    def __init__(self, world: World, account: Account, chat: Chat) -> None:
        super().__init__(world, chat)
        self.account = account

    def says(
        self, text: str, reply_to: Message | None = None, where: Chatroom | None = None
    ) -> Message:
        """Write; commands, mentions and addresses are marked as Telegram does."""
        message = self._message(Kind.TEXT, Formatted(text).with_found_entities())
        return self._posts(replace(message, reply_to=reply_to.id if reply_to else None), where)

    def edits(self, message: Message, text: str) -> Message:
        """Change what was written."""
        assert message.sender == self.account, "only their own messages can be edited"
        with self.world.changed:
            self.world.acted(self.chat)
            body = Formatted(text).with_found_entities()
            edited = self.world.edit(self.chat, self.sees(message), self.account, body=body)
            self.world.updates.put("edited_message", self.chat.wire_message(edited))
        return edited

    def taps(
        self,
        message: Message | int,
        label: str,
        timeout: float = PATIENCE,
        *,
        wait: bool = True,
        where: Chatroom | None = None,
    ) -> Tap:
        """Tap the button that says so or begins so, and wait until the bot took notice.

        Gives what the bot told (`.text`, `.alert`).
        """
        room = where or self
        with self.world.changed:
            shown = room.sees(message)
            button = shown.button(label)
            self.world.acted(room.chat)
            number = str(self.world.new_number())
            tap = Tap(number, room.chat, shown, button.text, self.world.clock())
            self.world.taps[number] = tap
            room.chat.events.append(Event(EventKind.TAPPED, self.account, shown, button.text))
            query = {
                "id": number,
                "from": self.account.wire(),
                "message": room.chat.wire_message(shown),
                "chat_instance": f"instance{room.id}",
                "data": button.callback_data,
            }
            self.world.updates.put("callback_query", query)
        if wait:
            told = f"an answer to the tap on {tap.label!r}"
            room.waits(told, lambda: tap.answered or None, timeout)
        return tap

    def sends_voice(self) -> Message:
        """A voice message of three seconds."""
        return self._sends(Kind.VOICE, **self._file(), duration=3, mime_type="audio/ogg")

    def sends_sticker(self) -> Message:
        sizes = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._sends(Kind.STICKER, **self._file(), type="regular", emoji="👍", **sizes)

    def sends_location(self) -> Message:
        return self._sends(Kind.LOCATION, latitude=28.6353, longitude=-106.0889)

    def types_inline(self, text: str, timeout: float = PATIENCE) -> list[InlineResult]:
        """Type after the bot's name in some chat; the results that the bot offers."""
        with self.world.changed:
            query = InlineQuery(str(self.world.new_number()), text, self.world.clock())
            self.world.inline_queries[query.id] = query
            typed = {"id": query.id, "from": self.account.wire(), "query": text, "offset": ""}
            self.world.updates.put("inline_query", typed)
        return self.waits(f"results for {text!r}", lambda: query.results, timeout)

    def shares(self, result: InlineResult, where: Chatroom | None = None) -> Message:
        """Send an inline result."""
        date = self.world.now()
        message = replace(result.message, sender=self.account, via_bot=self.world.bot, date=date)
        return self._posts(message, where)

    @property
    def commands(self) -> dict[str, str]:
        """The menu of commands in their language: what each does."""
        with self.world.changed:
            kept = self.world.profile.commands
            wanted = ('{"type": "all_private_chats"}', "default")
            language = self.account.language_code or ""
            keys = [(scope, code) for scope in wanted for code in (language, "")]
            found = next((kept[key] for key in keys if key in kept), [])
            return {each["command"]: each["description"] for each in found}

    def _message(
        self, kind: Kind, body: Formatted = EMPTY, other: dict[str, Any] | None = None
    ) -> Message:
        return Message(0, self.account, self.world.now(), kind, body, other=other or {})

    def _sends(self, kind: Kind, **described: Any) -> Message:
        return self._posts(self._message(kind, other=described))

    def _posts(self, message: Message, where: Chatroom | None = None) -> Message:
        chat = (where or self).chat
        with self.world.changed:
            self.world.acted(chat)
            chat.started = True
            posted = self.world.post(chat, message)
            self.world.updates.put("message", chat.wire_message(posted))
        return posted

    def _file(self) -> dict[str, str]:
        with self.world.changed:
            file_id = f"file{self.world.new_number()}"
        return {"file_id": file_id, "file_unique_id": f"u{file_id}"}
