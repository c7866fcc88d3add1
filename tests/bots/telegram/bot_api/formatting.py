"""Formatted text: what is read, and which stretches of it look or act how."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape
from typing import Any


def utf16_length(text: str) -> int:
    """How Telegram counts: an emoji beyond the basic plane counts two."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Entity:
    """A stretch of a text, in UTF-16 code units."""

    type: str
    offset: int
    length: int
    argument: str | None = None
    """Where a link leads, the language of a block of code, or the id of an emoji."""

    @property
    def end(self) -> int:
        return self.offset + self.length

    def wire(self) -> dict[str, Any]:
        """As the Bot API writes it."""
        made: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.argument:
            made[_ARGUMENT_NAMES[self.type]] = self.argument
        return made


@dataclass(frozen=True)
class Formatted:
    """A text and its entities."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def part(self, entity: Entity) -> str:
        """The text of one of the entities."""
        units = self.text.encode("utf-16-le")
        return units[2 * entity.offset : 2 * entity.end].decode("utf-16-le")

    def parts(self, entity_type: str) -> tuple[str, ...]:
        """The texts of all entities of a type."""
        return tuple(self.part(each) for each in self.entities if each.type == entity_type)

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


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """By where they begin, the longest first."""
    return tuple(sorted(entities, key=lambda each: (each.offset, -each.length, each.type)))


EMPTY = Formatted()

_ARGUMENT_NAMES = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "spoiler": "tg-spoiler",
    "blockquote": "blockquote",
}


def _html_tags(entity: Entity) -> tuple[str, str]:
    match entity.type:
        case "text_link":
            return f'<a href="{escape(entity.argument or "")}">', "</a>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity.argument}">', "</tg-emoji>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
    tag = _TAGS.get(entity.type)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
