"""Reads Telegram's HTML, by the same rules as Telegram's own library, and refuses in its words.

https://core.telegram.org/bots/api#html-style; `parse_html` in tdlib's MessageEntity.cpp.
"""

import re
from dataclasses import dataclass

from tests.bots.telegram.bot_api.errors import ApiError, bad_request
from tests.bots.telegram.bot_api.formatting import Entity, Formatted, in_order, utf16_length

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]{1,6})|#(?P<decimal>\d{1,7})|(?P<name>\w+));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+)))?"""
)
_LINK = re.compile(r"(?:https?://|tg://|mailto:|tel:)?[^\s/]+(?:\.[^\s/]+|(?<=:)\S)\S*|tg://\S+")


def parse_html(source: str) -> Formatted:
    """The text that HTML stands for. Raises ApiError: `can't parse entities: …`."""
    return _HtmlReader(source).read()


def stray_signs(source: str) -> list[str]:
    """Where HTML has an & or > that is neither a tag's nor a reference's.

    Telegram shows them as they are, but its documentation asks for them to be escaped.
    """
    without_tags = re.sub(r"<[^>]*>", "", source)
    without_known = _REFERENCE.sub(
        lambda found: found[0] if _character(found) is None else "", without_tags
    )
    return [
        without_known[max(0, m.start() - 20) : m.end() + 20]
        for m in re.finditer("[&>]", without_known)
    ]


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str | None
    offset: int


class _HtmlReader:
    """Reads HTML from left to right."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._size = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            match self._source[self._at]:
                case "<" if self._source.startswith("</", self._at):
                    self._close_tag()
                case "<":
                    self._open_tag()
                case "&":
                    self._reference()
                case character:
                    self._add(character)
                    self._at += 1
        if self._open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return Formatted("".join(self._text), in_order(self._entities))

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._size += utf16_length(text)

    def _reference(self) -> None:
        found = _REFERENCE.match(self._source, self._at)
        character = _character(found) if found else None
        if found is None or character is None:
            self._add("&")
            self._at += 1
        else:
            self._add(character)
            self._at = found.end()

    def _open_tag(self) -> None:
        begin = self._at
        name = self._name(begin + 1)
        if name not in _TYPES and self._at < len(self._source):
            raise self._refused(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refused('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(name, _argument(name, attributes), self._size))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            while self._at < len(self._source) and self._source[self._at].isspace():
                self._at += 1
            if self._at >= len(self._source):
                raise self._refused("Unclosed start tag", begin)
            if self._source[self._at] == ">":
                self._at += 1
                return found
            attribute = _ATTRIBUTE.match(self._source, self._at)
            if attribute is None:
                raise self._refused(f'Empty attribute name in the tag "{tag}"', begin)
            name = attribute["name"].lower()
            given = (attribute["double"], attribute["single"], attribute["bare"])
            value = next((each for each in given if each is not None), None)
            if value is None and self._source.startswith("=", attribute.end()):
                raise self._refused("Unclosed start tag", begin)
            if value is None and (tag, name) != _FLAG:
                raise self._refused(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin
                )
            found[name] = _REFERENCE.sub(lambda each: _character(each) or each[0], value or "")
            self._at = attribute.end()

    def _close_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._refused("Unexpected end tag", begin)
        name = self._name(begin + 2)
        rest = self._source[self._at :].lstrip()
        if not rest.startswith(">"):
            raise self._refused("Unclosed end tag", begin)
        self._at = len(self._source) - len(rest) + 1
        opened = self._open.pop()
        if name and name != opened.tag:
            place = f"Unmatched end tag at byte offset {self._byte(begin)}"
            raise _refused(f'{place}, expected "</{opened.tag}>", found "</{name}>"')
        self._note(opened)

    def _note(self, opened: _Open) -> None:
        length = self._size - opened.offset
        kind, argument = _TYPES[opened.tag], opened.argument
        if length == 0:
            return
        if opened.tag == "tg-emoji" and not (argument or "").isdigit():
            raise _refused("Invalid custom emoji identifier specified")
        if opened.tag == "a":
            argument = argument or Formatted("".join(self._text)).part(
                Entity(kind, opened.offset, length)
            )
            if not _LINK.fullmatch(argument):
                return  # Telegram shows the text, and no link
        if opened.tag == "blockquote" and argument:
            kind, argument = "expandable_blockquote", None
        if opened.tag == "pre" and self._entities:
            inner = self._entities[-1]
            if inner.type == "code" and (inner.offset, inner.length) == (opened.offset, length):
                argument = self._entities.pop().argument
        self._entities.append(Entity(kind, opened.offset, length, argument))

    def _name(self, start: int) -> str:
        found = _NAME.match(self._source, start)
        assert found is not None  # it matches the empty text
        self._at = found.end()
        return found[0].lower()

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode())

    def _refused(self, reason: str, begin: int) -> ApiError:
        return _refused(f"{reason} at byte offset {self._byte(begin)}")


_FLAG = ("blockquote", "expandable")


def _argument(tag: str, attributes: dict[str, str]) -> str | None:
    match tag:
        case "a":
            return attributes.get("href")
        case "tg-emoji":
            return attributes.get("emoji-id")
        case "blockquote":
            return "expandable" if "expandable" in attributes else None
        case "code" if attributes.get("class", "").startswith("language-"):
            return attributes["class"].removeprefix("language-")
    return None


def _character(reference: re.Match[str]) -> str | None:
    if reference["name"]:
        return _CHARACTERS.get(reference["name"])
    code = int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None


def _refused(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
