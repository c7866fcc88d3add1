"""The tests' Bot API server refuses what Telegram refuses, seen through python-telegram-bot."""

import json
import struct
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputFile,
    InputTextMessageContent,
    ReplyParameters,
)
from telegram.error import Forbidden, RetryAfter

from tests.bots.telegram.bot_api.call import ApiError
from tests.bots.telegram.bot_api.driving import DrivenBot
from tests.bots.telegram.bot_api.formatting import parse_html, utf16_length
from tests.bots.telegram.bot_api.people import Person
from tests.bots.telegram.bot_api.server import TelegramServer

_TELEGRAM_FACE = "😀"  # one character, two UTF-16 code units, four bytes


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def one_server(clock: Clock) -> Iterator[TelegramServer]:
    """The same for all tests: starting one takes a moment."""
    with TelegramServer(clock=clock) as server:
        yield server


@pytest.fixture(scope="module")
def bot(one_server: TelegramServer) -> Iterator[DrivenBot]:
    with DrivenBot(one_server) as bot:
        yield bot


@pytest.fixture
def server(one_server: TelegramServer) -> TelegramServer:
    """The server, as new."""
    one_server.start_afresh()
    return one_server


@pytest.fixture
def ana(server: TelegramServer) -> Person:
    """Somebody who has written to the bot."""
    ana = server.user("Ana", username="ana_ruiz")
    ana.says("hola")
    return ana


def keyboard(*rows: tuple[InlineKeyboardButton, ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


def button(data: str, text: str = "toque") -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data)


def article(number: object, text: str = "texto", **more: Any) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        str(number), "Título", InputTextMessageContent(text, **more), description="de qué"
    )


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\0" * 9


# who calls, and what


def test_a_wrong_token_is_unauthorized(server: TelegramServer) -> None:
    answer = httpx.post(f"{server.base_url}1:wrong/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


def test_any_other_method_is_not_found(server: TelegramServer) -> None:
    answer = httpx.post(f"{server.base_url}{server.token}/banChatMember")
    assert answer.status_code == 404
    assert answer.json()["description"] == "Not Found: method not found"
    assert server.complaints() == ["banChatMember got 404: Not Found: method not found"]


def test_a_parameter_that_telegram_does_not_know_is_told(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    bot.says(ana.id, "hola", api_kwargs={"colour": "red"})
    assert server.complaints() == ["sendMessage doesn't know colour"]


# texts


@pytest.mark.parametrize("letter", ["á", _TELEGRAM_FACE])
def test_a_text_has_at_most_4096_utf16_units_tags_aside(
    bot: DrivenBot, ana: Person, letter: str
) -> None:
    fits = letter * (4096 // utf16_length(letter))
    assert bot.says(ana.id, f"<b>{fits}</b>", parse_mode="HTML")
    assert bot.refused("send_message", chat_id=ana.id, text=f"{fits}a") == ("message is too long")


@pytest.mark.parametrize("text", ["  \n ", "<b> </b>", "<i></i>"])
def test_a_text_is_not_empty(bot: DrivenBot, ana: Person, text: str) -> None:
    refused = bot.refused("send_message", chat_id=ana.id, text=text, parse_mode="HTML")
    assert refused == "message text is empty"


def test_a_caption_has_at_most_1024(bot: DrivenBot, ana: Person) -> None:
    document = InputFile(b"%PDF-1.7", "guia.pdf")
    fits = {"chat_id": ana.id, "document": document, "parse_mode": "HTML"}
    assert bot.call("send_document", caption=f"<i>{'a' * 1024}</i>", **fits)
    assert bot.refused("send_document", caption="a" * 1025, **fits) == (
        "message caption is too long"
    )


_MALFORMED = {
    "<p>a</p>": 'Unsupported start tag "p" at byte offset 0',
    "¡<br>": 'Unsupported start tag "br" at byte offset 2',
    "a < b": 'Unsupported start tag "" at byte offset 2',
    "<b>a": 'Can\'t find end tag corresponding to start tag "b"',
    "<b": "Unclosed start tag at byte offset 0",
    '<a href="https://a.mx">a</a>': 'Unsupported start tag "a" at byte offset 0',
    "a</b>": "Unexpected end tag at byte offset 1",
    "<b>a</b": "Unclosed end tag at byte offset 4",
    "<b><i>á</b></i>": 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"',
}


@pytest.mark.parametrize("source", _MALFORMED)
def test_malformed_html_is_refused_with_the_place(bot: DrivenBot, ana: Person, source: str) -> None:
    refused = bot.refused("send_message", chat_id=ana.id, text=source, parse_mode="HTML")
    assert refused == f"can't parse entities: {_MALFORMED[source]}"


@pytest.mark.parametrize(("kind", "tag"), [("bold", "b"), ("italic", "i")])
def test_each_of_the_tags_is_read(kind: str, tag: str) -> None:
    read = parse_html(f"{_TELEGRAM_FACE}<{tag}>x</{tag}>.")
    assert read.text == f"{_TELEGRAM_FACE}x."
    (entity,) = read.entities
    assert (entity.type, entity.offset, entity.length) == (kind, 2, 1)


def test_only_four_named_references_are_read() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&nbsp;&copy;").text == '<>&"&nbsp;&copy;'


@given(st.text(), st.text())
def test_escaped_text_is_read_as_it_was(one: str, other: str) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    read = parse_html(f"<b>{escaped(one)}</b>{escaped(other)}")
    assert read.text == one + other
    assert read.parts("bold") == ((one,) if one else ())
    assert parse_html(read.html()) == read


@given(st.text(alphabet="<>/&;abi =\"'"))
def test_any_html_is_read_or_refused(source: str) -> None:
    try:
        read = parse_html(source)
    except ApiError:
        return
    assert all(each.end <= utf16_length(read.text) for each in read.entities)


@pytest.mark.parametrize("source", ["pan & agua", "a > b", "&nbsp;"])
def test_signs_that_are_not_escaped_are_told(
    server: TelegramServer, bot: DrivenBot, ana: Person, source: str
) -> None:
    bot.says(ana.id, source, parse_mode="HTML")
    (complaint,) = server.complaints()
    assert complaint.startswith("not escaped, in sendMessage")


def test_other_ways_of_formatting_are_refused(bot: DrivenBot, ana: Person) -> None:
    refused = bot.refused("send_message", chat_id=ana.id, text="*a*", parse_mode="Markdown")
    assert refused == "unsupported parse_mode"


# where a message goes


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": "@ana", "text": "a"}, "chat not found"),
        ({"chat_id": 1001, "text": "a", "message_thread_id": "x"}, "must be of type Number"),
        ({"chat_id": 1001, "text": "a", "reply_markup": "{"}, "can't parse reply markup JSON"),
        ({"chat_id": 1001, "text": "a", "reply_markup": "[1]"}, "object expected as reply markup"),
        (
            {"chat_id": 1001, "text": "a", "reply_markup": '{"keyboard": [["a"]]}'},
            "the tests' server knows no reply keyboards",
        ),
    ],
)
@pytest.mark.usefixtures("ana")
def test_parameters_are_what_they_should_be(
    server: TelegramServer, parameters: dict[str, Any], told: str
) -> None:
    answer = httpx.post(f"{server.base_url}{server.token}/sendMessage", data=parameters)
    assert answer.status_code == 400
    assert told in answer.json()["description"]


def test_a_chat_must_be_known_and_begun_by_the_person(
    server: TelegramServer, bot: DrivenBot
) -> None:
    assert bot.refused("send_message", chat_id=1, text="hola") == "chat not found"
    stranger = server.user("Luz")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        bot.says(stranger.id, "hola")


def test_a_reply_needs_a_message(bot: DrivenBot, ana: Person) -> None:
    to = {"chat_id": ana.id, "text": "hola"}
    gone = ReplyParameters(99)
    assert bot.refused("send_message", reply_parameters=gone, **to) == (
        "message to be replied not found"
    )
    anyway = ReplyParameters(99, allow_sending_without_reply=True)
    bot.call("send_message", reply_parameters=anyway, **to)
    assert ana.receives().reply_to is None


def test_a_chain_of_replies_is_no_topic(server: TelegramServer, bot: DrivenBot) -> None:
    luz = server.user("Luz")
    group = server.group("Obras", luz)
    first = luz.says("uno", where=group)
    luz.says("dos", reply_to=first, where=group)
    reply = bot.updates()[-1].message
    assert reply.message_thread_id == first.id
    assert bot.refused(
        "send_message", chat_id=group.id, text="tres", message_thread_id=first.id
    ) == ("message thread not found")


# keyboards


@pytest.mark.parametrize("data", ["a" * 64, "á" * 32])
def test_a_button_carries_1_to_64_bytes(bot: DrivenBot, ana: Person, data: str) -> None:
    assert bot.says(ana.id, "elija", reply_markup=keyboard((button(data),)))
    for wrong in (f"{data}a", ""):
        markup = keyboard((button(wrong),))
        refused = bot.refused("send_message", chat_id=ana.id, text="elija", reply_markup=markup)
        assert refused == "BUTTON_DATA_INVALID"


_CROOKED: dict[str, tuple[Any, str]] = {
    "rows": ([{"text": "a", "callback_data": "a"}], "must be an Array of Arrays"),
    "no button": ([["a"]], "InlineKeyboardButton must be an Object"),
    "unknown action": ([[{"text": "a", "web_app": {}}]], "Text buttons are unallowed"),
    "no action": ([[{"text": "a"}]], "Text buttons are unallowed in the inline keyboard"),
    "two actions": (
        [[{"text": "a", "callback_data": "a", "url": "https://a.mx"}]],
        "Text buttons are unallowed in the inline keyboard",
    ),
    "no text": ([[{"text": "", "callback_data": "a"}]], 'Can\'t find field "text"'),
    "too many": ([[{"text": "a", "callback_data": "a"}]] * 101, "reply markup is too long"),
}


@pytest.mark.parametrize("name", _CROOKED)
def test_a_crooked_keyboard_is_refused(server: TelegramServer, ana: Person, name: str) -> None:
    rows, told = _CROOKED[name]
    answer = httpx.post(
        f"{server.base_url}{server.token}/sendMessage",
        data={
            "chat_id": str(ana.id),
            "text": "a",
            "reply_markup": json.dumps({"inline_keyboard": rows}),
        },
    )
    assert answer.status_code == 400
    assert told in answer.json()["description"]


def test_100_buttons_are_fine(bot: DrivenBot, ana: Person) -> None:
    rows = [tuple(button(f"{row}:{at}") for at in range(5)) for row in range(20)]
    bot.says(ana.id, "elija", reply_markup=keyboard(*rows))
    assert len(ana.receives().labels) == 100


# edits


def test_an_edit_changes_something(bot: DrivenBot, ana: Person) -> None:
    markup = keyboard((button("a"),))
    told: dict[str, Any] = {"chat_id": ana.id, "text": "<b>uno</b>", "parse_mode": "HTML"}
    sent = bot.says(told["chat_id"], told["text"], parse_mode="HTML", reply_markup=markup)
    again = {**told, "message_id": sent}
    assert bot.refused("edit_message_text", reply_markup=markup, **again).startswith(
        "message is not modified: specified new message content and reply markup are exactly"
    )
    bot.call("edit_message_text", **again)  # without its buttons
    assert ana.sees(sent).keyboard == ()
    assert "is not modified" in bot.refused(
        "edit_message_reply_markup", chat_id=ana.id, message_id=sent
    )
    again["text"] = "uno"  # not bold any more
    bot.call("edit_message_text", **again)
    assert ana.sees(sent).html == "uno"


def test_an_edit_takes_what_a_message_takes(bot: DrivenBot, ana: Person) -> None:
    sent = bot.says(ana.id, "uno")
    where = {"chat_id": ana.id, "message_id": sent}
    assert bot.refused("edit_message_text", text="a" * 4097, **where) == "message is too long"
    assert bot.refused(
        "edit_message_text", text="dos", reply_markup=ForceReply().to_dict(), **where
    ) == ("inline keyboard expected")


def test_only_own_messages_that_are_there_can_be_edited(bot: DrivenBot, ana: Person) -> None:
    theirs = ana.says("mío")
    edit = {"chat_id": ana.id, "text": "otro"}
    assert bot.refused("edit_message_text", message_id=theirs.id, **edit) == (
        "message can't be edited"
    )
    assert bot.refused("edit_message_text", message_id=99, **edit) == "message to edit not found"


def test_a_picture_has_no_text_to_edit(bot: DrivenBot, ana: Person) -> None:
    photo = InputFile(png(640, 480), "rama.png")
    sent = bot.call("send_photo", chat_id=ana.id, photo=photo, caption="uno").message_id
    assert bot.refused("edit_message_text", chat_id=ana.id, message_id=sent, text="dos") == (
        "there is no text in the message to edit"
    )


# pictures and files


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "file must be non-empty"),
        (b"<svg/>", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(2001, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(10, 10) + b"\0" * 10 * 1024 * 1024, "is too big for a photo"),
    ],
    ids=["empty", "no picture", "too large", "too long", "too heavy"],
)
def test_what_is_no_photo_is_refused(
    bot: DrivenBot, ana: Person, content: bytes, told: str
) -> None:
    photo = InputFile(content, "rama.png")
    assert told in bot.refused("send_photo", chat_id=ana.id, photo=photo)


def test_a_file_arrives_byte_for_byte(bot: DrivenBot, ana: Person) -> None:
    content = bytes(range(256)) * 20 + b"\r\n--\r\n"
    document = InputFile(content, "guía.bin")
    bot.call("send_document", chat_id=ana.id, document=document)
    received = ana.receives()
    assert (received.kind, received.file) == ("document", content)
    assert received.attachment is not None
    assert received.attachment.name == "guía.bin"


# commands and descriptions


def test_commands_are_kept_by_audience_and_language(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    bot.call("set_my_commands", commands=[BotCommand("start", "Start")])
    bot.call("set_my_commands", commands=[BotCommand("start", "Empezar")], language_code="es")
    assert ana.commands == {"start": "Empezar"}
    scope = BotCommandScopeAllPrivateChats()
    bot.call("set_my_commands", commands=[("ayuda", "Ayuda")], scope=scope, language_code="es")
    assert ana.commands == {"ayuda": "Ayuda"}
    assert server.user("Sam", language_code=None).commands == {"start": "Start"}


@pytest.mark.parametrize(
    ("commands", "told"),
    [
        ([("ok", "bien")] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([("Ayuda", "bien")], "BOT_COMMAND_INVALID"),
        ([("sección", "bien")], "BOT_COMMAND_INVALID"),
        ([("a" * 33, "bien")], "BOT_COMMAND_INVALID"),
        ([("", "bien")], "BOT_COMMAND_INVALID"),
        ([("ok", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("ok", "a" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
def test_crooked_commands_are_refused(
    bot: DrivenBot, commands: list[tuple[str, str]], told: str
) -> None:
    assert bot.refused("set_my_commands", commands=commands) == told


def test_descriptions_have_their_lengths(server: TelegramServer, bot: DrivenBot) -> None:
    bot.call("set_my_description", description="d" * 512)
    bot.call("set_my_short_description", short_description="s" * 120, language_code="es")
    assert server.profile.descriptions == {"": "d" * 512}
    assert server.profile.short_descriptions == {"es": "s" * 120}
    assert bot.refused("set_my_description", description="d" * 513)
    assert bot.refused("set_my_short_description", short_description="s" * 121)


# taps and inline queries


def test_a_tap_is_answered_once_and_in_time(
    server: TelegramServer, bot: DrivenBot, ana: Person, clock: Clock
) -> None:
    sent = bot.says(ana.id, "elija", reply_markup=keyboard((button("a"),)))
    tap = ana.taps(sent, "toque", wait=False)
    assert server.complaints() == ["the tap on 'toque' was never answered"]
    bot.call("answer_callback_query", callback_query_id=tap.id, text="gracias", show_alert=True)
    assert (tap.text, tap.alert) == ("gracias", True)
    assert server.complaints() == []
    too_old = "query is too old and response timeout expired or query ID is invalid"
    assert bot.refused("answer_callback_query", callback_query_id=tap.id) == too_old
    late = ana.taps(sent, "toque", wait=False)
    clock.now += 60
    assert bot.refused("answer_callback_query", callback_query_id=late.id) == too_old
    long = ana.taps(sent, "toque", wait=False)
    assert (
        bot.refused("answer_callback_query", callback_query_id=long.id, text="a" * 201)
        == "MESSAGE_TOO_LONG"
    )


def test_inline_results_are_shown_and_shared(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    query = _typed(server, bot, ana)
    results = [article(at, f"<b>{at}</b>", parse_mode="HTML") for at in range(49)]
    bot.call("answer_inline_query", inline_query_id=query, results=[*results, article("é" * 32)])
    shown = server.world.inline_queries[query].results
    assert shown is not None
    assert len(shown) == 50
    with_nothing = {"inline_query_id": query, "results": []}
    assert bot.refused("answer_inline_query", **with_nothing).startswith("query is too old")
    shared = ana.shares(shown[7])
    assert (shared.text, shared.via_bot, shared.sender) == ("7", server.bot, ana.account)


def test_an_inline_query_is_answered_in_time(
    server: TelegramServer, bot: DrivenBot, ana: Person, clock: Clock
) -> None:
    answer = {"inline_query_id": _typed(server, bot, ana), "results": [article(1)]}
    clock.now += 60
    assert bot.refused("answer_inline_query", **answer).startswith("query is too old")


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ([article(at) for at in range(51)], "too many inline query results specified"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([article("é" * 32 + "e")], "RESULT_ID_INVALID"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article(1, "")], "message text is empty"),
        ([article(1, "a" * 4097)], "message is too long"),
        ([article(1, "<b>a", parse_mode="HTML")], "Can't find end tag"),
    ],
    ids=["51", "twice", "long id", "no id", "no text", "long text", "malformed"],
)
def test_crooked_inline_results_are_refused(
    server: TelegramServer,
    bot: DrivenBot,
    ana: Person,
    results: list[InlineQueryResultArticle],
    told: str,
) -> None:
    query = _typed(server, bot, ana)
    refused = bot.refused("answer_inline_query", inline_query_id=query, results=results)
    assert told in refused


def _typed(server: TelegramServer, bot: DrivenBot, who: Person) -> str:
    """Somebody types inline, and does not wait; the id that the bot is told."""
    with pytest.raises(AssertionError, match="no results"):
        who.types_inline("jefatura", timeout=0)
    assert server.complaints() == ["the inline query 'jefatura' was never answered"]
    return str(bot.updates()[-1].inline_query.id)


# how much a bot may send


def test_a_flood_is_refused_as_often_as_told(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    server.floods(retry_after=3, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as flooded:
            bot.says(ana.id, "hola")
        assert flooded.value._retry_after.total_seconds() == 3
    bot.says(ana.id, "hola")
    assert server.complaints() == []


def test_more_than_a_burst_in_a_chat_is_told(
    server: TelegramServer, bot: DrivenBot, ana: Person, clock: Clock
) -> None:
    for _ in range(5):
        bot.says(ana.id, "hola")
    clock.now += 5
    bot.says(ana.id, "hola")
    assert server.complaints() == []
    for _ in range(5):
        bot.says(ana.id, "hola")
    assert server.complaints() == ["more than 5 messages in 5 s in 'Ana'"]


def test_people_take_a_second_for_what_they_do_unless_a_test_says_that_they_flood(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    for _ in range(9):
        ana.says("hola")
        bot.says(ana.id, "hola")
    assert server.complaints() == []
    server.pace = 0
    for _ in range(6):
        ana.says("hola")
        bot.says(ana.id, "hola")
    assert server.complaints()


def test_more_than_20_a_minute_in_a_group_are_told(
    server: TelegramServer, bot: DrivenBot, clock: Clock
) -> None:
    group = server.group("Obras", server.user("Luz"))
    for _ in range(20):
        bot.says(group.id, "hola")
        clock.now += 2
    assert server.complaints() == []
    bot.says(group.id, "hola")
    assert server.complaints() == ["more than 20 messages in 60 s in 'Obras'"]


# the verdict


def test_an_error_that_is_not_excused_fails_the_test(
    server: TelegramServer, bot: DrivenBot
) -> None:
    bot.refused("send_message", chat_id=1, text="hola")
    with pytest.raises(AssertionError, match="sendMessage got 400: Bad Request: chat not found"):
        server.check()
    server.excuses("chat not found")
    server.check()
