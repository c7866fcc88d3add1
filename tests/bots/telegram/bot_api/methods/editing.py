"""Methods that change or take away what a chat shows."""

from typing import Any

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.chats import Chat, Kind, Message
from tests.bots.telegram.bot_api.errors import bad_request
from tests.bots.telegram.bot_api.formatting import Formatted
from tests.bots.telegram.bot_api.keyboards import Keyboard, read_markup
from tests.bots.telegram.bot_api.methods.reading import (
    read_caption,
    read_chat,
    read_message,
    read_text,
)
from tests.bots.telegram.bot_api.world import World

DELETED_WITHIN = 48 * 3600
"""Seconds in which a message can be deleted."""
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(world: World, call: Call) -> dict[str, Any]:
    chat, message = _own_message(world, call)
    call.parsed("link_preview_options")
    text = read_text(world, call)
    if message.kind is not Kind.TEXT:
        raise bad_request("there is no text in the message to edit")
    return _edited(world, chat, message, text, read_markup(call, inline_only=True).keyboard)


def edit_message_caption(world: World, call: Call) -> dict[str, Any]:
    chat, message = _own_message(world, call)
    caption = read_caption(world, call)
    if message.kind not in (Kind.PHOTO, Kind.DOCUMENT):
        raise bad_request("there is no caption in the message to edit")
    return _edited(world, chat, message, caption, read_markup(call, inline_only=True).keyboard)


def edit_message_reply_markup(world: World, call: Call) -> dict[str, Any]:
    chat, message = _own_message(world, call)
    keyboard = read_markup(call, inline_only=True).keyboard
    return _edited(world, chat, message, message.body, keyboard)


def delete_message(world: World, call: Call) -> bool:
    chat = read_chat(world, call)
    message = read_message(call, chat, "message to delete")
    others = message.sender != world.bot and chat.is_group
    if others or world.now() - message.date > DELETED_WITHIN:
        raise bad_request("message can't be deleted")
    world.delete(chat, message, world.bot)
    return True


def _own_message(world: World, call: Call) -> tuple[Chat, Message]:
    chat = read_chat(world, call)
    message = read_message(call, chat, "message to edit")
    if message.sender != world.bot:
        raise bad_request("message can't be edited")
    return chat, message


def _edited(
    world: World, chat: Chat, message: Message, body: Formatted, keyboard: Keyboard
) -> dict[str, Any]:
    if (body, keyboard) == (message.body, message.keyboard):
        raise bad_request(_NOT_MODIFIED)
    edited = world.edit(chat, message, world.bot, body=body, keyboard=keyboard, edited=world.now())
    return chat.wire_message(edited)
