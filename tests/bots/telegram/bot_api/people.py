"""The persons of a dialogue."""

import time
from typing import Any

from tests.bots.telegram.bot_api.chatroom import A_MOMENT, PATIENCE, Chatroom, Media
from tests.bots.telegram.bot_api.chats import Account, Chat, File, Kind, Message
from tests.bots.telegram.bot_api.polls import Poll
from tests.bots.telegram.bot_api.world import InlineQuery, InlineResult, Tap, World

_PICTURE = b"\xff\xd8\xff\xe0 a photo of a notice board"


class Person:
    """Somebody; what they do without naming a chat happens in their private chat."""

    def __init__(self, world: World, account: Account, chat: Chat) -> None:
        self.account = account
        self.chat = Chatroom(world, chat)
        self._world = world
        self._chat = chat

    def says(self, text: str, reply_to: Message | None = None) -> Message:
        """Write to the bot."""
        return self.chat.says(self, text, reply_to)

    def receives(self, timeout: float = PATIENCE) -> Message:
        """The bot's next message that was not looked at yet."""
        return self.chat.receives(timeout)

    def receives_nothing(self, seconds: float = A_MOMENT) -> None:
        """Fails if the bot writes within so many seconds."""
        self.chat.receives_nothing(seconds)

    def sees(self, message: Message | int) -> Message:
        """What a message shows now."""
        return self.chat.sees(message)

    def waits_for_edit(self, message: Message, timeout: float = PATIENCE) -> Message:
        """What a message shows once the bot has edited it."""
        return self.chat.waits_for_edit(message, timeout)

    def taps(
        self, message: Message | int, label: str, timeout: float = PATIENCE, *, wait: bool = True
    ) -> Tap:
        """Tap the button that says so or begins so; gives what the bot told (`.text`, `.alert`)."""
        return self.chat.taps(self, message, label, timeout, wait=wait)

    def edits(self, message: Message, text: str) -> Message:
        """Change what was written."""
        return self.chat.edits(self, message, text)

    def answers_poll(self, message: Message | int, option: str | int) -> Poll:
        """Choose an option of a poll, by its text or place."""
        return self.chat.answers_poll(self, message, option)

    def sends_voice(self) -> Message:
        """A voice message of three seconds."""
        return self._sends(Kind.VOICE, duration=3, mime_type="audio/ogg")

    def sends_sticker(self, emoji: str = "👍") -> Message:
        sizes = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._sends(Kind.STICKER, type="regular", emoji=emoji, **sizes)

    def sends_photo(self, caption: str = "") -> Message:
        file = File(f"file{self._number()}", "foto.jpg", _PICTURE, 1280, 960, "image/jpeg")
        return self.chat.sends(self, Media(Kind.PHOTO, file), caption)

    def sends_document(self, name: str, content: bytes, caption: str = "") -> Message:
        file = File(f"file{self._number()}", name, content)
        return self.chat.sends(self, Media(Kind.DOCUMENT, file), caption)

    def sends_location(self) -> Message:
        where = {"latitude": 28.6353, "longitude": -106.0889}
        return self.chat.sends(self, Media(Kind.LOCATION, other=where))

    def sends_contact(self) -> Message:
        contact = {"phone_number": "+526140000000", "first_name": "Luz"}
        return self.chat.sends(self, Media(Kind.CONTACT, other=contact))

    def types_inline(self, text: str, timeout: float = PATIENCE) -> list[InlineResult]:
        """Type after the bot's name in some chat; the results that the bot offers."""
        with self._world.changed:
            query = InlineQuery(str(self._number()), self.account, text, self._world.clock())
            self._world.inline_queries[query.id] = query
            self._world.updates.put(
                "inline_query",
                {
                    "id": query.id,
                    "from": self.account.wire(),
                    "query": text,
                    "offset": "",
                    "chat_type": "private",
                },
            )
            deadline = time.monotonic() + timeout
            while query.results is None and (rest := deadline - time.monotonic()) > 0:
                self._world.changed.wait(rest)
            assert query.results is not None, f"no results for {text!r} within {timeout:g} s"
            return query.results

    def shares(self, result: InlineResult, group: Chatroom | None = None) -> Message:
        """Send an inline result, into the private chat or a group."""
        return (group or self.chat).shares(self, result)

    def blocks_bot(self) -> None:
        """From now on the bot can't write here, until they write again."""
        with self._world.changed:
            self._chat.blocked = True

    @property
    def actions(self) -> list[str]:
        """What the bot was seen doing so far."""
        return self.chat.actions

    @property
    def commands(self) -> dict[str, str]:
        """The menu of commands in their language: what each does."""
        with self._world.changed:
            kept = self._world.profile.commands
            wanted = ('{"type": "all_private_chats"}', "default")
            language = self.account.language_code or ""
            keys = [(scope, code) for scope in wanted for code in (language, "")]
            found = next((kept[key] for key in keys if key in kept), [])
            return {each["command"]: each["description"] for each in found}

    def _sends(self, kind: Kind, **described: Any) -> Message:
        file_id = f"file{self._number()}"
        other = {"file_id": file_id, "file_unique_id": f"u{file_id}", **described}
        return self.chat.sends(self, Media(kind, other=other))

    def _number(self) -> int:
        with self._world.changed:
            return self._world.new_number()
