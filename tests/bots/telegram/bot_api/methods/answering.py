"""Methods that answer a tap, or what is typed inline."""

from typing import Any

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.chats import Event, EventKind, Kind, Message
from tests.bots.telegram.bot_api.errors import bad_request
from tests.bots.telegram.bot_api.keyboards import markup_of
from tests.bots.telegram.bot_api.methods.reading import checked_text, formatted
from tests.bots.telegram.bot_api.world import ANSWER_WITHIN, InlineResult, World

LONGEST_NOTICE = 200
MOST_RESULTS = 50
LONGEST_RESULT_ID = LONGEST_OFFSET = 64
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, call: Call) -> bool:
    text, alert = call.text("text") or "", call.flag("show_alert")
    call.text("url")
    call.integer("cache_time")
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
    call.integer("cache_time")
    call.flag("is_personal")
    button = call.parsed("button")
    next_offset = call.text("next_offset") or ""
    query = world.inline_queries.get(call.text("inline_query_id") or "")
    if query is None or query.results is not None or world.clock() - query.at > ANSWER_WITHIN:
        raise bad_request(_TOO_OLD)
    if len(next_offset.encode()) > LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    if button is not None and not button.get("text"):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if not isinstance(values, list):
        raise bad_request("expected an Array of inline query results")
    if len(values) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    results = [_result(world, each) for each in values]
    if len({each.id for each in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    query.results = results
    return True


def _result(world: World, value: Any) -> InlineResult:
    if not isinstance(value, dict):
        raise bad_request("inline query result must be an object")
    if value.get("type") != "article":
        raise bad_request(f'type "{value.get("type")}" is unsupported for the inline query result')
    result_id = str(value.get("id", ""))
    if not 1 <= len(result_id.encode()) <= LONGEST_RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not value.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    content = value.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("input message content is not specified")
    source, mode = content["message_text"], content.get("parse_mode")
    message = Message(
        0,
        world.bot,
        world.now(),
        Kind.TEXT,
        checked_text(formatted(world, source, mode, "answerInlineQuery")),
        markup_of(value.get("reply_markup"), inline_only=True).keyboard,
    )
    return InlineResult(result_id, value["title"], value.get("description", ""), message)
