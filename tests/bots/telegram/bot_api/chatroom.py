"""A chat from the side of the people in it: they read, write, tap and wait."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from tests.bots.telegram.bot_api.chats import Account, Chat, Event, EventKind, File, Kind, Message
from tests.bots.telegram.bot_api.detection import with_found_entities
from tests.bots.telegram.bot_api.formatting import Formatted
from tests.bots.telegram.bot_api.polls import Poll
from tests.bots.telegram.bot_api.transcript import transcript
from tests.bots.telegram.bot_api.world import InlineResult, Tap, World

PATIENCE = 10.0
"""Seconds that people wait for the bot."""
A_MOMENT = 0.3
"""Seconds in which nothing may come, where nothing is to come."""

Seen = TypeVar("Seen")


class Actor(Protocol):
    """Somebody who can act in a chat."""

    @property
    def account(self) -> Account: ...


@dataclass(frozen=True)
class Media:
    """What is sent that is no text."""

    kind: Kind
    attachment: File | None = None
    other: dict[str, Any] | None = None


class Chatroom:
    """A chat; every method that somebody acts in says who."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._chat = chat
        self._read = 0
        """The newest message of the bot that `receives` gave."""

    @property
    def id(self) -> int:
        return self._chat.id

    @property
    def actions(self) -> list[str]:
        """What the bot was seen doing so far: `typing`, `upload_photo`, …"""
        with self._world.changed:
            return list(self._chat.actions)

    @property
    def messages(self) -> list[Message]:
        """All that the chat shows now."""
        with self._world.changed:
            return list(self._chat.messages.values())

    def transcript(self) -> str:
        """The chat in Markdown."""
        with self._world.changed:
            return transcript(self._chat)

    def receives(self, timeout: float = PATIENCE) -> Message:
        """The bot's next message that was not looked at yet, as it is now."""
        message = self._waits("a message", self._unread, timeout)
        self._read = message.id
        return message

    def receives_nothing(self, seconds: float = A_MOMENT) -> None:
        """Fails if the bot writes within so many seconds."""
        message = self._wait_for(self._unread, seconds)
        assert message is None, f"{self._chat.title} got {message!r}"

    def sees(self, message: Message | int) -> Message:
        """What a message shows now. Fails if it is gone."""
        message_id = message if isinstance(message, int) else message.id
        with self._world.changed:
            assert message_id in self._chat.messages, f"message {message_id} is gone"
            return self._chat.messages[message_id]

    def waits_for_edit(self, message: Message, timeout: float = PATIENCE) -> Message:
        """What a message shows once the bot has edited it since it was seen like this."""

        def edited() -> Message | None:
            now = self._chat.messages.get(message.id)
            return now if now is not None and now.version > message.version else None

        return self._waits(f"an edit of message {message.id}", edited, timeout)

    def waits_until_gone(self, message: Message, timeout: float = PATIENCE) -> None:
        """Returns once the bot has deleted a message."""
        gone = lambda: True if message.id not in self._chat.messages else None  # noqa: E731
        self._waits(f"the end of message {message.id}", gone, timeout)

    def waits_for_action(self, action: str = "typing", timeout: float = PATIENCE) -> None:
        """Returns once the bot was seen doing something."""
        done = lambda: action if action in self._chat.actions else None  # noqa: E731
        self._waits(action, done, timeout)

    def says(self, who: Actor, text: str, reply_to: Message | None = None) -> Message:
        """Somebody writes; commands, mentions and addresses are marked as Telegram does."""
        return self._send(who.account, Media(Kind.TEXT), text, reply_to)

    def sends(self, who: Actor, media: Media, caption: str = "") -> Message:
        """Somebody sends a picture, voice message, …"""
        return self._send(who.account, media, caption, None)

    def shares(self, who: Actor, result: InlineResult) -> Message:
        """Somebody sends one of the inline results, into this chat."""
        message = replace(
            result.message, sender=who.account, via_bot=self._world.bot, date=self._world.now()
        )
        with self._world.changed:
            self._world.acted(self._chat)
            posted = self._world.post(self._chat, message)
            self._tell("message", posted)
        return posted

    def edits(self, who: Actor, message: Message, text: str) -> Message:
        """Somebody changes what they wrote."""
        assert message.sender == who.account, "only their own messages can be edited"
        with self._world.changed:
            self._world.acted(self._chat)
            edited = self._world.edit(
                self._chat,
                self.sees(message),
                who.account,
                body=with_found_entities(Formatted(text)),
                edited=self._world.now(),
            )
            self._tell("edited_message", edited)
        return edited

    def taps(
        self,
        who: Actor,
        message: Message | int,
        label: str,
        timeout: float = PATIENCE,
        *,
        wait: bool = True,
    ) -> Tap:
        """Somebody taps the button that says so, and waits until the bot took notice."""
        with self._world.changed:
            shown = self.sees(message)
            button = shown.button(label)
            assert button.callback_data is not None, f"{button.text!r} is no button to tap"
            self._world.acted(self._chat)
            number = str(self._world.new_number())
            tap = Tap(number, self._chat, shown, who.account, button.text, self._world.clock())
            self._world.taps[number] = tap
            self._chat.events.append(Event(EventKind.TAPPED, who.account, shown, button.text))
            query = {
                "id": number,
                "from": who.account.wire(),
                "message": self._chat.wire_message(shown),
                "chat_instance": f"instance{self._chat.id}",
                "data": button.callback_data,
            }
            self._world.updates.put("callback_query", query)
        if wait:
            self.waits_for_answer(tap, timeout)
        return tap

    def waits_for_answer(self, tap: Tap, timeout: float = PATIENCE) -> Tap:
        """Returns once the bot took notice of a tap; `.text` is what it told."""
        answered = lambda: tap if tap.answered else None  # noqa: E731
        return self._waits(f"an answer to the tap on {tap.label!r}", answered, timeout)

    def answers_poll(self, who: Actor, message: Message | int, option: str | int) -> Poll:
        """Somebody chooses an option of a poll, by its text or place; the poll as it is then."""
        with self._world.changed:
            shown = self.sees(message)
            assert shown.poll is not None, f"message {shown.id} is no poll"
            options = shown.poll.options
            at = option if isinstance(option, int) else options.index(option)
            self._world.acted(self._chat)
            poll = shown.poll.voted(who.account.id, at)
            self._chat.messages[shown.id] = replace(shown, poll=poll)
            self._chat.events.append(Event(EventKind.VOTED, who.account, shown, options[at]))
            self._world.updates.put("poll", poll.wire())
            if not poll.anonymous:
                vote = {"poll_id": poll.id, "user": who.account.wire(), "option_ids": [at]}
                vote["option_persistent_ids"] = [f"{poll.id}-{at}"]
                self._world.updates.put("poll_answer", vote)
        return poll

    def _send(self, who: Account, media: Media, text: str, reply_to: Message | None) -> Message:
        message = Message(
            0,
            who,
            self._world.now(),
            media.kind,
            with_found_entities(Formatted(text)),
            reply_to=reply_to.id if reply_to else None,
            attachment=media.attachment,
            other=media.other or {},
        )
        with self._world.changed:
            self._world.acted(self._chat)
            self._chat.started = True
            self._chat.blocked = False
            posted = self._world.post(self._chat, message)
            self._tell("message", posted)
        return posted

    def _tell(self, update: str, message: Message) -> None:
        if not self._chat.privacy or self._for_bot(message):
            self._world.updates.put(update, self._chat.wire_message(message))

    def _for_bot(self, message: Message) -> bool:
        """Whether a bot in privacy mode gets a message."""
        bot = self._world.bot
        replied = self._chat.messages.get(message.reply_to or 0)
        mentioned = f"@{bot.username}".lower() in message.body.text.lower()
        command = bool(message.body.parts("bot_command"))
        return command or mentioned or (replied is not None and replied.sender == bot)

    def _unread(self) -> Message | None:
        own = (m for m in self._chat.messages.values() if m.sender == self._world.bot)
        return next((each for each in own if each.id > self._read), None)

    def _waits(self, what: str, look: Callable[[], Seen | None], timeout: float) -> Seen:
        found = self._wait_for(look, timeout)
        if found is None:
            told = f"no {what} in {self._chat.title!r} within {timeout:g} s"
            raise AssertionError(f"{told}\n\n{self.transcript()}")
        return found

    def _wait_for(self, look: Callable[[], Seen | None], timeout: float) -> Seen | None:
        deadline = time.monotonic() + timeout
        with self._world.changed:
            while (found := look()) is None and (rest := deadline - time.monotonic()) > 0:
                self._world.changed.wait(rest)
        return found
