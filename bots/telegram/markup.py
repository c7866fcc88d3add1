"""Lines as Telegram's HTML: nothing that a manual prints or a person types becomes a tag."""

from collections.abc import Iterable
from html import escape

from bots.chat.spans import Line, Span, Style

LONGEST_MESSAGE = 4096
"""Characters that Telegram takes, as `spans.length` counts them, tags aside
(https://core.telegram.org/bots/api#sendmessage)."""
_TAGS = {Style.BOLD: "b", Style.ITALIC: "i"}


def html(lines: Iterable[Line]) -> str:
    """The lines as Telegram's HTML."""
    return "\n".join("".join(_tagged(span) for span in line) for line in lines).strip()


def _tagged(span: Span) -> str:
    escaped = escape(_without_controls(span.text), quote=False)
    tag = _TAGS.get(span.style)
    return f"<{tag}>{escaped}</{tag}>" if tag and escaped else escaped


def _without_controls(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c in "\n\t ")
