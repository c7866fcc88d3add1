"""What Telegram finds in any text by itself: commands, mentions, addresses."""

import re

from tests.bots.telegram.bot_api.formatting import Entity, Formatted, in_order, utf16_length

_FOUND_BY_ITSELF = (
    (
        "bot_command",
        re.compile(r"(?<![\w/@<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/])", re.A),
    ),
    ("mention", re.compile(r"(?<![\w/@.])@[A-Za-z]\w{2,31}(?!\w)", re.A)),
    ("url", re.compile(r"(?<!\w)https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)]")),
)


def with_found_entities(formatted: Formatted) -> Formatted:
    """The text with what Telegram finds in it; code and links keep what they have."""
    found = list(formatted.entities)
    closed = [each for each in found if each.type in ("code", "pre", "text_link")]
    for kind, pattern in _FOUND_BY_ITSELF:
        for match in pattern.finditer(formatted.text):
            offset = utf16_length(formatted.text[: match.start()])
            made = Entity(kind, offset, utf16_length(match[0]))
            if not any(each.offset < made.end and made.offset < each.end for each in closed):
                found.append(made)
    return Formatted(formatted.text, in_order(found))
