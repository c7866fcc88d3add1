"""People talk to a bot on the tests' Bot API server; updates find their way whatever goes wrong."""

import asyncio
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.error import Conflict, NetworkError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from tests.bots.telegram.bot_api.driving import DrivenBot
from tests.bots.telegram.bot_api.people import Person
from tests.bots.telegram.bot_api.server import TelegramServer
from tests.bots.telegram.bot_api.webhook import SECRET_HEADER
from tests.bots.telegram.bot_api.world import InlineResult


@pytest.fixture(scope="module")
def one_server() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server


@pytest.fixture
def server(one_server: TelegramServer) -> Iterator[TelegramServer]:
    """The server, as new; what a bot did wrong fails the test."""
    one_server.start_afresh()
    yield one_server
    one_server.check()


@pytest.fixture
def ana(server: TelegramServer) -> Person:
    return server.user("Ana", username="ana_ruiz")


@pytest.fixture(scope="module")
def bot(one_server: TelegramServer) -> Iterator[DrivenBot]:
    with DrivenBot(one_server) as bot:
        yield bot


# a bot that answers by itself


class Parrot:
    """A bot on a thread that repeats what it hears, and has a button to hear it again."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def __exit__(self, *exception: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        self._loop.run_until_complete(self._live())
        self._loop.close()

    async def _live(self) -> None:
        url = self._server.base_url
        built = Application.builder().token(self._server.token).base_url(url).build()
        built.add_handler(MessageHandler(filters.TEXT, _repeat))
        built.add_handler(CallbackQueryHandler(_again))
        built.add_handler(InlineQueryHandler(_offer))
        async with built as application:
            assert application.updater is not None
            await application.start()
            await application.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
            self._ready.set()
            await self._over.wait()
            await application.updater.stop()
            await application.stop()


async def _repeat(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    said = update.effective_message
    await said.reply_chat_action("typing")
    markup = InlineKeyboardMarkup(
        [[InlineKeyboardButton("Otra vez, por favor", callback_data="1")]]
    )
    await said.reply_html(f"<b>{said.text}</b>", reply_markup=markup, do_quote=True)


async def _again(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    assert update.effective_message is not None
    await update.callback_query.edit_message_text(f"{update.effective_message.text}, otra vez")
    await update.callback_query.answer("listo")


async def _offer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.inline_query is not None
    content = InputTextMessageContent(update.inline_query.query)
    await update.inline_query.answer([InlineQueryResultArticle("1", "Título", content)])


def test_a_whole_dialogue_and_its_transcript(server: TelegramServer, ana: Person) -> None:
    with Parrot(server):
        question = ana.says("hola, *amigo*")
        answer = ana.receives()
        assert (answer.text, answer.bold) == ("hola, *amigo*", ("hola, *amigo*",))
        assert answer.reply_to == question.id
        assert ana.actions == ["typing"]
        told = ana.taps(answer, "Otra vez")
        assert told.text == "listo"
        assert ana.waits_for_edit(answer).text == "hola, *amigo*, otra vez"
        assert ana.sees(answer).keyboard == ()
        ana.edits(question, "adiós")
        assert ana.receives().text == "adiós"
        ana.receives_nothing()
        (result,) = ana.types_inline("jefatura")
        assert (result.title, result.text) == ("Título", "jefatura")
    assert ana.transcript() == _TRANSCRIPT


_TRANSCRIPT = """\
**Ana**

> hola, \\*amigo\\*

**Asistente del Manual**

> **hola, \\*amigo\\***
>
> `[ Otra vez, por favor ]`

*Ana taps* `[ Otra vez, por favor ]`

*Asistente del Manual changes the message to*

> hola, \\*amigo\\*, otra vez

*Asistente del Manual shows a notice:* listo

*Ana changes the message to*

> adiós

**Asistente del Manual**

> **adiós**
>
> `[ Otra vez, por favor ]`
"""


def test_what_is_said_while_no_bot_runs_is_answered_later(
    server: TelegramServer, ana: Person
) -> None:
    ana.says("¿hay alguien?")
    ana.receives_nothing()
    with Parrot(server):
        assert ana.receives().text == "¿hay alguien?"


def test_a_bot_lives_through_an_outage(server: TelegramServer, ana: Person) -> None:
    with Parrot(server):
        server.gone()
        ana.says("¿sigues ahí?")
        server.back()
        assert ana.receives().text == "¿sigues ahí?"


def test_a_transcript_shows_everything_and_nothing_becomes_markdown(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    ana.sends_voice()
    ana.says("# no soy título\n1. ni lista\n- ni <b>")
    file = {"chat_id": ana.id, "document": b"%PDF" * 512, "filename": "guia.pdf"}
    bot.call("send_document", caption="<b>a</b> <i>c</i>", parse_mode="HTML", **file)
    ana.shares(_inline_result(server, bot, ana))
    assert ana.transcript() == _EVERYTHING


_EVERYTHING = """\
**Ana**

> *🎤 voice message*

**Ana**

> \\# no soy título\\
> 1\\. ni lista\\
> \\- ni \\<b\\>

**Asistente del Manual**

> 📄 `guia.pdf`, 2 KB
>
> **a** *c*

**Ana** (via Asistente del Manual)

> jefatura
"""


def _inline_result(server: TelegramServer, bot: DrivenBot, who: Person) -> InlineResult:
    with pytest.raises(AssertionError, match="no results"):
        who.types_inline("jefatura", timeout=0)
    query = bot.updates()[-1].inline_query
    article = InlineQueryResultArticle("1", "Título", InputTextMessageContent(query.query))
    bot.call("answer_inline_query", inline_query_id=query.id, results=[article])
    results = server.world.inline_queries[query.id].results
    assert results
    return results[0]


def test_who_waits_in_vain_is_told_what_the_chat_shows(ana: Person) -> None:
    ana.says("¿hay alguien?")
    with pytest.raises(AssertionError, match=r"(?s)no a message in 'Ana'.*¿hay alguien\?"):
        ana.receives(timeout=0.01)


def test_only_buttons_that_are_there_can_be_tapped(bot: DrivenBot, ana: Person) -> None:
    ana.says("hola")
    places = [InlineKeyboardButton(each, callback_data=each) for each in ("§ 3.2, p. 4", "§ 3.21")]
    sent = bot.says(ana.id, "elija", reply_markup=InlineKeyboardMarkup([places]))
    assert ana.sees(sent).button("§ 3.2").text == "§ 3.2, p. 4"
    with pytest.raises(AssertionError, match="'§ 3' is not one button"):
        ana.taps(sent, "§ 3")
    with pytest.raises(AssertionError, match="no button 'Cerrar'"):
        ana.taps(sent, "Cerrar")


# what people send


def test_what_people_send_arrives_as_telegram_sends_it(bot: DrivenBot, ana: Person) -> None:
    ana.sends_voice()
    ana.sends_sticker()
    ana.sends_location()
    messages = [each.message for each in bot.updates()]
    assert messages[0].voice.duration == 3
    assert messages[1].sticker.emoji == "👍"
    assert messages[2].location.latitude == 28.6353
    assert messages[0].from_user.language_code == "es"


def test_commands_and_mentions_are_marked_in_utf16(bot: DrivenBot, ana: Person) -> None:
    ana.says("😀 /puesto@asistente_manual_bot dile a @luz_mx y/o a https://a.mx/x.")
    (update,) = bot.updates()
    texts = [update.message.parse_entity(each) for each in update.message.entities]
    assert texts == ["/puesto@asistente_manual_bot", "@luz_mx", "https://a.mx/x"]
    assert [each.type for each in update.message.entities] == ["bot_command", "mention", "url"]
    assert update.message.entities[0].offset == 3


# how updates are asked for


def test_updates_come_again_until_they_are_confirmed(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    for text in ("uno", "dos", "tres"):
        ana.says(text)
    first, second, third = (each.update_id for each in bot.updates())
    assert [each.update_id for each in bot.updates()] == [first, second, third]
    assert [each.update_id for each in bot.updates(offset=second, limit=1)] == [second]
    with DrivenBot(server) as restarted:
        assert [each.update_id for each in restarted.updates()] == [second, third]
    assert [each.update_id for each in bot.updates(offset=-1)] == [third]
    assert bot.updates(offset=third + 1) == []
    assert server.waiting == 0


def test_a_long_poll_ends_as_soon_as_something_is_said(bot: DrivenBot, ana: Person) -> None:
    begun = time.monotonic()
    later = threading.Timer(0.1, ana.says, ["hola"])
    later.start()
    (update,) = bot.updates(timeout=20)
    later.join()
    assert update.message.text == "hola"
    assert 0.1 <= time.monotonic() - begun < 5


@pytest.mark.usefixtures("server")
def test_a_long_poll_ends_after_its_timeout(bot: DrivenBot) -> None:
    begun = time.monotonic()
    assert bot.updates(timeout=1) == []
    assert 1 <= time.monotonic() - begun < 5


def test_only_the_kinds_that_were_asked_for_come(bot: DrivenBot, ana: Person) -> None:
    bot.updates(allowed_updates=["edited_message"])
    said = ana.says("hola")
    ana.edits(said, "adiós")
    (update,) = bot.updates()
    assert update.edited_message.text == "adiós"


def test_one_bot_at_a_time_asks_for_updates(server: TelegramServer, bot: DrivenBot) -> None:
    server.excuses("terminated by other getUpdates request")
    told: list[str] = []

    def first() -> None:
        with DrivenBot(server) as other, pytest.raises(Conflict) as sent_home:
            other.updates(timeout=20)
        told.append(sent_home.value.message)

    asking = threading.Thread(target=first)
    asking.start()
    deadline = time.monotonic() + 10
    while not told and time.monotonic() < deadline:
        bot.updates(timeout=0)
        time.sleep(0.05)
    asking.join(10)
    assert told == [
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    ]


# faults


def test_an_update_can_come_twice(server: TelegramServer, bot: DrivenBot, ana: Person) -> None:
    server.delivers_twice()
    ana.says("hola")
    (update,) = bot.updates()
    (again,) = bot.updates(offset=update.update_id + 1)
    assert again.update_id == update.update_id
    assert bot.updates(offset=update.update_id + 1) == []


def test_updates_can_come_together(server: TelegramServer, bot: DrivenBot, ana: Person) -> None:
    with server.at_once():
        ana.says("uno")
        ana.says("dos")
        assert bot.updates() == []
    assert [each.message.text for each in bot.updates()] == ["uno", "dos"]


def test_the_server_can_hang_for_a_while(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    ana.says("hola")
    server.stops_answering(0.3)
    begun = time.monotonic()
    with pytest.raises(NetworkError, match="Bad Gateway"):
        bot.says(ana.id, "hola")
    assert time.monotonic() - begun >= 0.25
    assert bot.says(ana.id, "hola")
    ana.receives()
    ana.receives_nothing()


def test_a_long_poll_that_is_under_way_hangs_too(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    later = threading.Timer(0.1, server.stops_answering, [0.3])
    later.start()
    with pytest.raises(NetworkError, match="Bad Gateway"):
        bot.updates(timeout=20)
    later.join()
    ana.says("hola")
    assert len(bot.updates()) == 1


# webhooks


class Hook:
    """A webhook that refuses as often as told, then takes what comes."""

    def __init__(self, refusals: int) -> None:
        self.got: list[tuple[str | None, bytes]] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.got.append((self.headers[SECRET_HEADER], body))
                self.send_response(200 if len(hook.got) > refusals else 503)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/aviso"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> "Hook":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def waits_for(self, count: int) -> None:
        deadline = time.monotonic() + 10
        while len(self.got) < count:
            assert time.monotonic() < deadline, f"{len(self.got)} of {count} came"
            time.sleep(0.01)


def test_a_webhook_gets_each_update_with_the_secret_until_it_takes_it(
    server: TelegramServer, bot: DrivenBot, ana: Person
) -> None:
    with Hook(refusals=2) as hook:
        bot.call("set_webhook", url=hook.url, secret_token="s3creto-_")
        ana.says("hola")
        hook.waits_for(3)
        time.sleep(0.3)
        server.delivers_twice()
        ana.says("adiós")
        hook.waits_for(5)
        bot.call("delete_webhook")
    assert {secret for secret, _ in hook.got} == {"s3creto-_"}
    assert len({body for _, body in hook.got[:3]}) == 1
    assert hook.got[3] == hook.got[4] != hook.got[2]


def test_with_a_webhook_updates_can_not_be_asked_for(
    server: TelegramServer, bot: DrivenBot
) -> None:
    server.excuses("can't use getUpdates method while webhook is active")
    bot.call("set_webhook", url="http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="while webhook is active"):
        bot.updates()
    bot.call("delete_webhook")
    assert bot.updates() == []


def test_setting_a_webhook_ends_a_long_poll(server: TelegramServer, bot: DrivenBot) -> None:
    server.excuses("terminated by setWebhook request")
    later = threading.Timer(0.2, _set_webhook, [server])
    later.start()
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        bot.updates(timeout=20)
    later.join()
    bot.call("delete_webhook")


def _set_webhook(server: TelegramServer) -> None:
    with DrivenBot(server) as other:
        other.call("set_webhook", url="http://127.0.0.1:9/")


def test_a_webhook_is_an_address_with_a_plain_secret(
    server: TelegramServer, bot: DrivenBot
) -> None:
    server.excuses("secret token contains unallowed characters")
    server.excuses("bad webhook")
    assert bot.refused("set_webhook", url="http://127.0.0.1:9/", secret_token="ñ")
    assert bot.refused("set_webhook", url="ftp://127.0.0.1/")


def test_what_waits_can_be_dropped(server: TelegramServer, bot: DrivenBot, ana: Person) -> None:
    ana.says("hola")
    bot.call("delete_webhook", drop_pending_updates=True)
    assert server.waiting == 0
