"""The methods that the server knows: those that the bot calls. Any other is 404.

`getUpdates` stands apart, in `http.py`: it may have to wait.
"""

import json
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from tests.bots.telegram.bot_api.call import ApiError, Call, bad_request
from tests.bots.telegram.bot_api.chats import Chat, Event, EventKind, File, Kind, Message
from tests.bots.telegram.bot_api.formatting import (
    Formatted,
    parse_html,
    stray_signs,
    utf16_length,
)
from tests.bots.telegram.bot_api.keyboards import Keyboard, markup_of
from tests.bots.telegram.bot_api.world import ANSWER_WITHIN, InlineResult, Webhook, World

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_NOTICE = 4096, 1024, 200
LARGEST_PHOTO, LARGEST_DOCUMENT = 10 * 1024**2, 50 * 1024**2
LONGEST_SIDES, STEEPEST_RATIO = 10_000, 20
"""Of a photo: width and height together, and one by the other."""
MOST_RESULTS, LONGEST_RESULT_ID = 50, 64
MOST_COMMANDS, LONGEST_COMMAND_DESCRIPTION = 100, 256
LONGEST_DESCRIPTION, LONGEST_SHORT_DESCRIPTION = 512, 120
ACTIONS = frozenset(["typing", "upload_photo", "upload_document"])

_PNG = b"\x89PNG\r\n\x1a\n"
_TYPES = {b"%PDF": "application/pdf", _PNG[:4]: "image/png"}
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")


# new messages


def send_message(world: World, call: Call) -> dict[str, Any]:
    chat, message = _envelope(world, call, Kind.TEXT)
    call.knows("link_preview_options")
    return _posted(world, chat, replace(message, body=_read_text(world, call)))


def send_photo(world: World, call: Call) -> dict[str, Any]:
    chat, message = _envelope(world, call, Kind.PHOTO)
    caption = _read_caption(world, call)
    content = call.upload("photo").content
    if len(content) > LARGEST_PHOTO:
        raise bad_request(f"file of size {len(content)} bytes is too big for a photo")
    if not content.startswith(_PNG):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", content[16:24])
    if width + height > LONGEST_SIDES or max(width, height) > STEEPEST_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    photo = replace(_file(world, call, "photo"), width=width, height=height)
    return _posted(world, chat, replace(message, body=caption, attachment=photo))


def send_document(world: World, call: Call) -> dict[str, Any]:
    chat, message = _envelope(world, call, Kind.DOCUMENT)
    call.knows("disable_content_type_detection")
    caption, file = _read_caption(world, call), _file(world, call, "document")
    if len(file.content) > LARGEST_DOCUMENT:
        raise bad_request("file is too big")
    return _posted(world, chat, replace(message, body=caption, attachment=file))


def send_chat_action(world: World, call: Call) -> bool:
    chat = _read_chat(world, call)
    action = call.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    return True


def _envelope(world: World, call: Call, kind: Kind) -> tuple[Chat, Message]:
    """The chat, and what all messages that are sent have in common."""
    chat = _read_chat(world, call)
    markup = markup_of(call.parsed("reply_markup"))
    call.knows("disable_notification", "protect_content")
    message = Message(
        0,
        world.bot,
        world.now(),
        kind,
        keyboard=markup.keyboard,
        force_reply=markup.force_reply,
        reply_to=_read_reply(call, chat),
    )
    return chat, message


def _posted(world: World, chat: Chat, message: Message) -> dict[str, Any]:
    return chat.wire_message(world.post(chat, message))


def _file(world: World, call: Call, name: str) -> File:
    upload = call.upload(name)
    mime = next((t for start, t in _TYPES.items() if upload.content.startswith(start)), None)
    file_id = f"file{world.new_number()}"
    return File(file_id, upload.name, upload.content, mime=mime or "application/octet-stream")


# what a chat shows, changed


def edit_message_text(world: World, call: Call) -> dict[str, Any]:
    chat, message = _own_message(world, call)
    call.knows("link_preview_options")
    text = _read_text(world, call)
    if message.kind is not Kind.TEXT:
        raise bad_request("there is no text in the message to edit")
    return _edited(world, call, chat, message, text)


def edit_message_reply_markup(world: World, call: Call) -> dict[str, Any]:
    chat, message = _own_message(world, call)
    return _edited(world, call, chat, message, message.body)


def _own_message(world: World, call: Call) -> tuple[Chat, Message]:
    chat = _read_chat(world, call)
    message_id = call.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != world.bot:
        raise bad_request("message can't be edited")
    return chat, message


def _edited(
    world: World, call: Call, chat: Chat, message: Message, body: Formatted
) -> dict[str, Any]:
    keyboard: Keyboard = markup_of(call.parsed("reply_markup"), inline_only=True).keyboard
    if (body, keyboard) == (message.body, message.keyboard):
        raise bad_request(_NOT_MODIFIED)
    edited = world.edit(chat, message, world.bot, body=body, keyboard=keyboard)
    return chat.wire_message(edited)


# what a call names


def _read_chat(world: World, call: Call) -> Chat:
    """The chat that a message is for. Raises ApiError where the bot may not write."""
    chat_id = call.text("chat_id")
    if not chat_id:
        raise bad_request("chat_id is empty")
    chat = world.chats.get(int(chat_id)) if chat_id.lstrip("-").isdigit() else None
    if chat is None:
        raise bad_request("chat not found")
    if not chat.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    if call.integer("message_thread_id") is not None:
        # there are no forums here, and a chain of replies is none
        raise bad_request("message thread not found")
    return chat


def _read_reply(call: Call, chat: Chat) -> int | None:
    """The message that is replied to. Raises ApiError for one that is gone."""
    parameters = call.parsed("reply_parameters") or {}
    wanted = parameters.get("message_id")
    if wanted is None or wanted in chat.messages:
        return wanted
    if parameters.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _read_text(world: World, call: Call) -> Formatted:
    return _checked_text(
        _formatted(world, call.text("text") or "", call.text("parse_mode"), call.method)
    )


def _checked_text(text: Formatted) -> Formatted:
    """The text, if a message can have it. Raises ApiError."""
    if not text.text:
        raise bad_request("message text is empty")
    if utf16_length(text.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def _read_caption(world: World, call: Call) -> Formatted:
    """The caption of a picture or file; may be empty. Raises ApiError."""
    source, mode = call.text("caption") or "", call.text("parse_mode")
    caption = _formatted(world, source, mode, call.method)
    if utf16_length(caption.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return caption


def _formatted(world: World, source: str, parse_mode: str | None, where: str) -> Formatted:
    """A text as it will be seen. Raises ApiError."""
    if (parse_mode or "html").lower() != "html":
        raise bad_request("unsupported parse_mode")
    if parse_mode:
        world.violations.extend(
            f"not escaped, in {where}: {each!r}" for each in stray_signs(source)
        )
    read = parse_html(source) if parse_mode else Formatted(source)
    return read.stripped().with_found_entities()


# taps, and what is typed inline


def answer_callback_query(world: World, call: Call) -> bool:
    text, alert = call.text("text") or "", call.flag("show_alert")
    tap = world.taps.get(call.text("callback_query_id") or "")
    if tap is None or tap.answered or world.clock() - tap.at > ANSWER_WITHIN:
        raise bad_request(_TOO_OLD)
    if len(text) > LONGEST_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.text, tap.alert, tap.answered = text, alert, True
    if text:
        tap.chat.events.append(Event(EventKind.ANSWERED, world.bot, tap.message, text))
    return True


def answer_inline_query(world: World, call: Call) -> bool:
    values = call.parsed("results")
    call.knows("cache_time", "next_offset")
    query = world.inline_queries.get(call.text("inline_query_id") or "")
    if query is None or query.results is not None or world.clock() - query.at > ANSWER_WITHIN:
        raise bad_request(_TOO_OLD)
    if not isinstance(values, list):
        raise bad_request("expected an Array of inline query results")
    if len(values) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    results = [_result(world, each) for each in values]
    if len({each.id for each in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    query.results = results
    return True


def _result(world: World, value: dict[str, Any]) -> InlineResult:
    if value.get("type") != "article":
        raise bad_request(f'type "{value.get("type")}" is unsupported for the inline query result')
    result_id = str(value.get("id", ""))
    if not 1 <= len(result_id.encode()) <= LONGEST_RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not value.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    content = value["input_message_content"]
    source, mode = content["message_text"], content.get("parse_mode")
    body = _checked_text(_formatted(world, source, mode, "answerInlineQuery"))
    message = Message(0, world.bot, world.now(), Kind.TEXT, body)
    return InlineResult(result_id, value["title"], value.get("description", ""), message)


# the bot itself


def get_me(world: World, _: Call) -> dict[str, Any]:
    return {
        **world.bot.wire(),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, call: Call) -> bool:
    values = call.parsed("commands")
    if len(values) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in values:
        if not _COMMAND.fullmatch(each["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(each["description"].strip()) <= LONGEST_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = call.parsed("scope") or {"type": "default"}
    key = "default" if scope["type"] == "default" else json.dumps(scope, sort_keys=True)
    world.profile.commands[key, _language(call)] = values
    return True


def set_my_description(world: World, call: Call) -> bool:
    description = call.text("description") or ""
    if len(description) > LONGEST_DESCRIPTION:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    world.profile.descriptions[_language(call)] = description
    return True


def set_my_short_description(world: World, call: Call) -> bool:
    description = call.text("short_description") or ""
    if len(description) > LONGEST_SHORT_DESCRIPTION:
        raise bad_request("BOT_SHORT_DESCRIPTION_TOO_LONG")
    world.profile.short_descriptions[_language(call)] = description
    return True


def _language(call: Call) -> str:
    code = call.text("language_code") or ""
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("LANG_CODE_INVALID")
    return code


# how it gets its updates


def set_webhook(world: World, call: Call) -> bool:
    """Unlike Telegram's own server, this one posts to http: too (as a local server does)."""
    url, secret = call.text("url") or "", call.text("secret_token") or ""
    call.knows("max_connections", "ip_address")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.updates.allow(call.parsed("allowed_updates"))
    if call.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook = Webhook(url, secret)
    world.updates.announce()
    return True


def delete_webhook(world: World, call: Call) -> bool:
    if call.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook = Webhook()
    return True


METHODS: dict[str, Callable[[World, Call], Any]] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
