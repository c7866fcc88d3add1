"""Inline keyboards, and what else stands in `reply_markup`."""

from dataclasses import dataclass
from typing import Any

from tests.bots.telegram.bot_api.call import bad_request

_MOST_BUTTONS = 100
_LONGEST_DATA = 64
_NO_BUTTON = "can't parse inline keyboard button: "


@dataclass(frozen=True)
class Button:
    """A button below a message, and what the bot is told when it is tapped."""

    text: str
    callback_data: str

    def wire(self) -> dict[str, Any]:
        return {"text": self.text, "callback_data": self.callback_data}


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Markup:
    """What a message has below it: buttons, or an invitation to reply."""

    keyboard: Keyboard = ()
    force_reply: bool = False


def markup_of(value: Any, *, inline_only: bool = False) -> Markup:
    """The markup that JSON describes; an edited message takes only buttons. Raises ApiError."""
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return Markup(_keyboard(value["inline_keyboard"]))
    if inline_only and value:
        raise bad_request("inline keyboard expected")
    if "keyboard" in value:
        raise bad_request("the tests' server knows no reply keyboards")
    return Markup(force_reply=bool(value.get("force_reply")))


def wire_keyboard(keyboard: Keyboard) -> dict[str, Any]:
    """As the Bot API writes it."""
    return {"inline_keyboard": [[button.wire() for button in row] for row in keyboard]}


def _keyboard(rows: Any) -> Keyboard:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    made = tuple(tuple(_button(each) for each in row) for row in rows if row)
    if sum(len(row) for row in made) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return made


def _button(value: Any) -> Button:
    if not isinstance(value, dict):
        raise bad_request(f"{_NO_BUTTON}InlineKeyboardButton must be an Object")
    if not str(value.get("text", "")).strip():
        raise bad_request(f'{_NO_BUTTON}Can\'t find field "text"')
    if value.keys() != {"text", "callback_data"}:
        raise bad_request(f"{_NO_BUTTON}Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(value["callback_data"].encode()) <= _LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(value["text"], value["callback_data"])
