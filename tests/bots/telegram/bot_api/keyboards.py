"""Inline keyboards, and what else stands in `reply_markup`."""

from dataclasses import dataclass
from typing import Any

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.errors import bad_request

MOST_BUTTONS = 100
LONGEST_DATA = 64
_ACTIONS = (
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
)
_WEB = ("http://", "https://", "tg://")


@dataclass(frozen=True)
class Button:
    """A button below a message, and the one thing that it does."""

    text: str
    action: str
    value: Any

    @property
    def callback_data(self) -> str | None:
        return self.value if self.action == "callback_data" else None

    @property
    def url(self) -> str | None:
        return self.value if self.action == "url" else None

    def wire(self) -> dict[str, Any]:
        return {"text": self.text, self.action: self.value}


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Markup:
    """What a message has below it: buttons, or an invitation to reply."""

    keyboard: Keyboard = ()
    force_reply: bool = False


def read_markup(call: Call, *, inline_only: bool = False) -> Markup:
    """The markup of a message that is sent, or edited (`inline_only`). Raises ApiError."""
    return markup_of(call.parsed("reply_markup"), inline_only=inline_only)


def markup_of(value: Any, *, inline_only: bool = False) -> Markup:
    """The markup that JSON describes. Raises ApiError."""
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
    if sum(len(row) for row in made) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return made


def _button(value: Any) -> Button:
    if not isinstance(value, dict):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    actions = [key for key in value if key not in ("text", "style", "icon_custom_emoji_id")]
    if len(actions) != 1 or actions[0] not in _ACTIONS:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    button = Button(text, actions[0], value[actions[0]])
    data = button.callback_data
    if data is not None and not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.url is not None and not button.url.startswith(_WEB):
        raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")
    return button
