"""How much a bot may send (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits).

"In a single chat, avoid sending more than one message per second. We may allow short bursts that
go over this limit." "In a group, bots are not be able to send more than 20 messages per minute."
The server takes for a short burst what stays within the rate over five seconds: five messages at
once are fine, a sixth within the same five seconds is a violation.

People in tests act as fast as the machine lets them, so that a dialogue of a minute takes a second.
For the rates each thing that somebody does counts as `PACE` seconds: a bot that answers each with
one message is never too fast, one that answers each with two is after a while. A test of people
who flood the bot sets `TelegramServer.pace` to 0, and only the machine's time counts.
"""

from dataclasses import dataclass

from tests.bots.telegram.bot_api.chats import Chat


@dataclass(frozen=True)
class Rate:
    """At most so many messages in so many seconds."""

    messages: int
    seconds: float

    def broken_by(self, times: list[float]) -> bool:
        """Whether the last of these messages was one too many."""
        recent = [each for each in times if each > times[-1] - self.seconds]
        return len(recent) > self.messages


PACE = 1.0
"""Seconds that people are taken to need, at least, for each thing that they do."""
PER_CHAT = Rate(5, 5.0)
PER_GROUP = Rate(20, 60.0)


def broken_rate(chat: Chat) -> str | None:
    """What the message just sent to the chat breaks, in words."""
    for rate in (PER_CHAT, PER_GROUP) if chat.is_group else (PER_CHAT,):
        if rate.broken_by(chat.sent_at):
            return f"more than {rate.messages} messages in {rate.seconds:g} s in {chat.title!r}"
    return None
