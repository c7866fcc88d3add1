"""Methods that put something new into a chat."""

import struct
from dataclasses import dataclass, replace
from typing import Any

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.chats import Chat, File, Kind, Message
from tests.bots.telegram.bot_api.errors import bad_request
from tests.bots.telegram.bot_api.keyboards import read_markup
from tests.bots.telegram.bot_api.methods.reading import (
    read_caption,
    read_chat,
    read_reply,
    read_text,
)
from tests.bots.telegram.bot_api.polls import read_poll
from tests.bots.telegram.bot_api.world import World

_MEGABYTE = 1024 * 1024
LARGEST_PHOTO, LARGEST_DOCUMENT = 10 * _MEGABYTE, 50 * _MEGABYTE
LONGEST_SIDES, STEEPEST_RATIO = 10_000, 20
"""Of a photo: width and height together, and one by the other."""
_PNG = b"\x89PNG\r\n\x1a\n"
_TYPES = {b"%PDF": "application/pdf", _PNG[:4]: "image/png", b"<svg": "image/svg+xml"}
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@dataclass(frozen=True)
class _Envelope:
    """What all messages that are sent have in common."""

    chat: Chat
    message: Message


def send_message(world: World, call: Call) -> dict[str, Any]:
    envelope = _envelope(world, call, Kind.TEXT)
    call.parsed("link_preview_options")
    return _posted(world, envelope, body=read_text(world, call))


def send_photo(world: World, call: Call) -> dict[str, Any]:
    envelope = _envelope(world, call, Kind.PHOTO)
    caption = read_caption(world, call)
    file = _file(world, call, "photo")
    if len(file.content) > LARGEST_PHOTO:
        raise bad_request(f"file of size {len(file.content)} bytes is too big for a photo")
    if not file.content.startswith(_PNG):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", file.content[16:24])
    if width + height > LONGEST_SIDES or max(width, height) > STEEPEST_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    photo = File(file.id, file.name, file.content, width, height, "image/png")
    world.files[photo.id] = photo
    return _posted(world, envelope, body=caption, attachment=photo)


def send_document(world: World, call: Call) -> dict[str, Any]:
    envelope = _envelope(world, call, Kind.DOCUMENT)
    caption = read_caption(world, call)
    file = _file(world, call, "document")
    call.flag("disable_content_type_detection")
    if len(file.content) > LARGEST_DOCUMENT:
        raise bad_request("file is too big")
    world.files[file.id] = file
    return _posted(world, envelope, body=caption, attachment=file)


def send_poll(world: World, call: Call) -> dict[str, Any]:
    envelope = _envelope(world, call, Kind.POLL)
    return _posted(world, envelope, poll=read_poll(call, f"poll{world.new_number()}"))


def stop_poll(world: World, call: Call) -> dict[str, Any]:
    chat = read_chat(world, call)
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None or message.sender != world.bot:
        raise bad_request("message with poll to stop not found")
    if message.poll is None:
        raise bad_request("message is not a poll")
    if message.poll.closed:
        raise bad_request("poll has already been closed")
    closed = replace(message.poll, closed=True)
    markup = read_markup(call, inline_only=True)
    world.edit(chat, message, world.bot, poll=closed, keyboard=markup.keyboard)
    world.updates.put("poll", closed.wire())
    return closed.wire()


def send_chat_action(world: World, call: Call) -> bool:
    chat = read_chat(world, call)
    action = call.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    return True


def _envelope(world: World, call: Call, kind: Kind) -> _Envelope:
    chat = read_chat(world, call)
    markup = read_markup(call)
    call.flag("disable_notification")
    call.flag("protect_content")
    message = Message(
        0,
        world.bot,
        world.now(),
        kind,
        keyboard=markup.keyboard,
        force_reply=markup.force_reply,
        reply_to=read_reply(call, chat),
    )
    return _Envelope(chat, message)


def _posted(world: World, envelope: _Envelope, **content: Any) -> dict[str, Any]:
    posted = world.post(envelope.chat, replace(envelope.message, **content))
    return envelope.chat.wire_message(posted)


def _file(world: World, call: Call, name: str) -> File:
    """A file sent along, or one that was sent before, by its id."""
    upload = call.upload(name)
    if upload is None:
        named = call.text(name)
        if not named:
            raise bad_request(f"there is no {name} in the request")
        try:
            return world.files[named]
        except KeyError:
            raise bad_request("wrong file identifier/HTTP URL specified") from None
    if not upload.content:
        raise bad_request("file must be non-empty")
    mime = next((t for start, t in _TYPES.items() if upload.content.startswith(start)), None)
    file_id = f"file{world.new_number()}"
    return File(file_id, upload.name, upload.content, mime=mime or "application/octet-stream")
