"""A focus as JSON, and back: positions and sections by their numbers, texts masked.

The texts of a manual are not written: they are looked up again, in the manual as it is then.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.running.privacy import mask_personal_data
from assistant.understanding.focus import NOTHING, Focus
from corpus.model import Manual, Position, Section

FindManual = Callable[[str], Manual | None]
"""The indexed manual with a code."""

_FOCUS = TypeAdapter(Focus)
_POSITION, _SECTION = "position_number", "section_number"


def write_focus(focus: Focus) -> str:
    """The JSON of a focus."""
    return json.dumps(_plain(focus), ensure_ascii=False, separators=(",", ":"))


def read_focus(written: str, find_manual: FindManual) -> Focus:
    """The focus from its JSON.

    `NOTHING` where it can't be had any more: the manual is gone, or has no such position now, or
    the JSON is of another version of this program.
    """
    try:
        plain = json.loads(written)
        manual = find_manual(plain["manual"]) if plain.get("manual") else None
        return _FOCUS.validate_python(_resolved(plain, manual))
    except (ValueError, KeyError, AttributeError, ValidationError):
        return NOTHING


def _plain(value: Any) -> Any:
    match value:
        case Position():
            return {_POSITION: value.number}
        case Section():
            return {_SECTION: value.number}
        case str():
            return mask_personal_data(str(value))
        case tuple():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


def _resolved(value: Any, manual: Manual | None) -> Any:
    """The value with the manual's own records. Raises KeyError for one that it hasn't got."""
    match value:
        case {"position_number": number}:
            return _found(manual.position(number) if manual else None, number)
        case {"section_number": number}:
            return _found(manual.section(number) if manual else None, number)
        case Mapping():
            return {name: _resolved(each, manual) for name, each in value.items()}
        case list():
            return tuple(_resolved(each, manual) for each in value)
        case _:
            return value


def _found(record: Position | Section | None, number: str) -> Position | Section:
    if record is None:
        raise KeyError(number)
    return record
