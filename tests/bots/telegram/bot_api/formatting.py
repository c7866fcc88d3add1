"""Formatted text: what is read, which stretches of it look or act how, and the HTML it comes as.

HTML is read by the same rules as Telegram's own library reads it, and refused in its words
(https://core.telegram.org/bots/api#html-style; `parse_html` in tdlib's MessageEntity.cpp). Of its
tags only those are known that the bot has a use for; any other is refused.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any

from tests.bots.telegram.bot_api.call import ApiError, bad_request

_TAGS = {"b": "bold", "i": "italic"}
_PIECE = re.compile(
    r"<(?P<slash>/?)(?P<tag>[^\s<>]*)(?P<more>[^>]*)(?P<closed>>?)"
    r"|(?P<reference>&(?:lt|gt|amp|quot);)|.",
    re.DOTALL,
)
_FOUND_BY_ITSELF = (
    (
        "bot_command",
        re.compile(r"(?<![\w/@<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/])", re.A),
    ),
    ("mention", re.compile(r"(?<![\w/@.])@[A-Za-z]\w{2,31}(?!\w)", re.A)),
    ("url", re.compile(r"(?<!\w)https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)]")),
)
"""What Telegram finds in any text."""


def utf16_length(text: str) -> int:
    """How Telegram counts: an emoji beyond the basic plane counts two."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Entity:
    """A stretch of a text, in UTF-16 code units."""

    type: str
    offset: int
    length: int

    @property
    def end(self) -> int:
        return self.offset + self.length

    def wire(self) -> dict[str, Any]:
        """As the Bot API writes it."""
        return {"type": self.type, "offset": self.offset, "length": self.length}


@dataclass(frozen=True)
class Formatted:
    """A text and its entities."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def parts(self, entity_type: str) -> tuple[str, ...]:
        """The texts of all entities of a type."""
        units = self.text.encode("utf-16-le")
        found = (each for each in self.entities if each.type == entity_type)
        return tuple(units[2 * each.offset : 2 * each.end].decode("utf-16-le") for each in found)

    def stripped(self) -> "Formatted":
        """Without space at the ends, as Telegram keeps a message."""
        left = utf16_length(self.text) - utf16_length(self.text.lstrip())
        kept = self.text.strip()
        size = utf16_length(kept)
        moved = []
        for each in self.entities:
            start, end = max(each.offset - left, 0), min(each.end - left, size)
            if end > start:
                moved.append(replace(each, offset=start, length=end - start))
        return Formatted(kept, tuple(moved))

    def with_found_entities(self) -> "Formatted":
        """With the commands, mentions and addresses that Telegram finds by itself."""
        found = list(self.entities)
        for kind, pattern in _FOUND_BY_ITSELF:
            for match in pattern.finditer(self.text):
                offset = utf16_length(self.text[: match.start()])
                found.append(Entity(kind, offset, utf16_length(match[0])))
        return Formatted(self.text, _in_order(found))

    def rendered(
        self, tags: Callable[[Entity], tuple[str, str]], escaped: Callable[[str], str]
    ) -> str:
        """The text with something before and after each entity, and the rest escaped."""
        units = self.text.encode("utf-16-le")
        cuts = {0, len(units) // 2}
        cuts |= {each.offset for each in self.entities} | {each.end for each in self.entities}
        made, open_now, before = [], list[Entity](), 0
        for at in sorted(cuts):
            made.append(escaped(units[2 * before : 2 * at].decode("utf-16-le")))
            while open_now and open_now[-1].end <= at:
                made.append(tags(open_now.pop())[1])
            for each in self.entities:
                if each.offset == at:
                    open_now.append(each)
                    made.append(tags(each)[0])
            before = at
        return "".join(made)

    def html(self) -> str:
        """Telegram's HTML that gives this text; what Telegram found by itself is left plain."""
        return self.rendered(_html_tags, lambda text: escape(text, quote=False))


EMPTY = Formatted()


def parse_html(source: str) -> Formatted:
    """The text that HTML stands for. Raises ApiError: `can't parse entities: …`."""
    text, size = "", 0
    opened: list[tuple[str, int]] = []
    entities: list[Entity] = []
    for piece in _PIECE.finditer(source):
        if piece["tag"] is None:
            said = unescape(piece["reference"]) if piece["reference"] else piece[0]
            text += said
            size += utf16_length(said)
        elif not piece["slash"]:
            opened.append((_start_tag(piece), size))
        elif not opened:
            raise _refused("Unexpected end tag", piece)
        elif not piece["closed"]:
            raise _refused("Unclosed end tag", piece)
        else:
            tag, offset = opened.pop()
            if piece["tag"] != tag:
                place = f"Unmatched end tag{_place(piece)}"
                raise _refused(f'{place}, expected "</{tag}>", found "</{piece["tag"]}>"')
            if size > offset:
                entities.append(Entity(_TAGS[tag], offset, size - offset))
    if opened:
        raise _refused(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return Formatted(text, _in_order(entities))


def stray_signs(source: str) -> list[str]:
    """Where HTML has an & or > that is neither a tag's nor a reference's.

    Telegram shows them as they are, but its documentation asks for them to be escaped.
    """
    bare = re.sub(r"<[^>]*>|&(?:lt|gt|amp|quot);", "", source)
    return [bare[max(0, m.start() - 20) : m.end() + 20] for m in re.finditer("[&>]", bare)]


def _start_tag(piece: re.Match[str]) -> str:
    if piece["tag"] not in _TAGS or piece["more"].strip():
        raise _refused(f'Unsupported start tag "{piece["tag"]}"', piece)
    if not piece["closed"]:
        raise _refused("Unclosed start tag", piece)
    return piece["tag"]


def _place(piece: re.Match[str]) -> str:
    return f" at byte offset {len(piece.string[: piece.start()].encode())}"


def _refused(reason: str, piece: re.Match[str] | None = None) -> ApiError:
    return bad_request(f"can't parse entities: {reason}{_place(piece) if piece else ''}")


def _in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """By where they begin, the longest first."""
    return tuple(sorted(entities, key=lambda each: (each.offset, -each.length, each.type)))


def _html_tags(entity: Entity) -> tuple[str, str]:
    tag = next((tag for tag, kind in _TAGS.items() if kind == entity.type), None)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
