"""What the bot does with a message, a button, and a query typed elsewhere."""

import secrets
from typing import Any

import structlog
from telegram import (
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from assistant.answering.answer import Answer, AnswerKind
from assistant.faces.serving.answer_log import Incoming
from assistant.faces.serving.services import Services
from assistant.faces.serving.steps import StepListener
from assistant.running.privacy import mask_personal_data
from assistant.running.storage import Feedback, Thumbs
from assistant.running.throttling import TooManyRequestsError
from bots.chat.offers import Offer, offers
from bots.chat.screens import AnswerScreen, AnyScreen, ComplaintScreen
from bots.chat.spans import shortened
from bots.chat.turning import (
    Ask,
    AskForComment,
    Follow,
    Plain,
    Rate,
    Replace,
    SendPack,
    ShowChart,
    Step,
    Tap,
    turned,
)
from bots.chat.views import texts
from bots.telegram.addressing import (
    command_of,
    is_addressed,
    is_private,
    without_mention,
)
from bots.telegram.commands import Commands
from bots.telegram.desk import Desk
from bots.telegram.markup import html
from bots.telegram.messenger import Where, read_button
from corpus.errors import AsistenteError

log = structlog.get_logger("asistente.telegram")

_INLINE_SECONDS = 60
"""For which Telegram may give the same offers for the same words."""
_LONGEST_DESCRIPTION = 120
_TAPS, _TYPED = 3, 6
"""How many more taps, and how many more queries typed letter by letter, than questions."""
Context = ContextTypes.DEFAULT_TYPE


class Dialogue:
    """The handlers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._commands = Commands(desk)

    async def on_message(self, update: Update, context: Context) -> None:
        """A message in a chat, new or edited: a command, a question, or something to be read."""
        message = update.effective_message
        if message is None:
            return
        where = _where(message, edited=update.edited_message is not None)
        if not message.text:
            if is_private(message) or is_addressed(message, context.bot.id, context.bot.username):
                await self._desk.say(where, texts.TEXT_ONLY)
            return
        if not await self._is_admitted(update, where):
            return
        try:
            await self._read(message, where, context)
        except AsistenteError as error:  # told as it is: the sentence is meant for people
            await self._desk.say(where, error.for_visitors)

    async def on_tap(self, update: Update, context: Context) -> None:  # noqa: ARG002
        """A button below one of the bot's messages."""
        query = update.callback_query
        if query is None or query.message is None or query.from_user is None:
            return
        if await self._desk.seconds_to_wait(query.from_user.id, _TAPS):
            await _acknowledge(update, "Va muy rápido; espere un momento.")
            return
        chat, message = query.message.chat.id, query.message.message_id
        name, tap = read_button(query.data)
        try:
            screen = await self._desk.messenger.screen(chat, name) if tap else None
            if screen is None or tap is None:
                await _acknowledge(update, texts.GONE, alert=True)
                return
            step = turned(screen, tap, self._desk.identity.user(query.from_user.id))
            if step is Plain.NOT_YOURS:
                await _acknowledge(update, texts.NOT_YOURS, alert=True)
                return
            await _acknowledge(update, texts.THANKS if isinstance(step, Rate) else None)
            where = Where(chat, topic=getattr(query.message, "message_thread_id", None))
            await self._take(step, where, message, name, screen, tap)
        except AsistenteError as error:
            await self._desk.say(Where(chat), error.for_visitors)

    async def on_inline(self, update: Update, context: Context) -> None:  # noqa: ARG002
        """Something typed after the bot's name in any chat."""
        query = update.inline_query
        if query is None:
            return
        found: list[Offer] = []
        is_admitted = not await self._desk.seconds_to_wait(query.from_user.id, _TYPED)
        try:
            if is_admitted:
                services = await self._desk.services()
                found = await self._desk.threads.run(lambda: offers(services.library, query.query))
        except AsistenteError as error:  # there is no chat to tell it in
            log.warning("no se pudo ofrecer nada", reason=str(error))
        seconds = _INLINE_SECONDS if found else 0
        await query.answer([_article(each) for each in found], cache_time=seconds)

    async def on_error(self, update: object, context: Context) -> None:
        """Whatever went wrong: logged with an id, and told with it. The bot goes on."""
        error_id = secrets.token_hex(4)
        log.error("una actualización falló", error_id=error_id, exc_info=context.error)
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            return
        try:
            await self._desk.say(Where(chat.id), texts.FAILED.format(error_id=error_id))
        except (TelegramError, AsistenteError) as error:
            log.warning("la disculpa no llegó", error_id=error_id, reason=type(error).__name__)

    async def _read(self, message: Message, where: Where, context: Context) -> None:
        text, username = message.text or "", context.bot.username
        command = command_of(text, username)
        if command is not None:
            known = command.name in texts.COMMANDS
            if command.is_ours and (known or command.is_named or is_private(message)):
                await self._commands.run(command, where)
            return
        asked_for = await self._desk.messenger.replied_screen(message)
        if isinstance(asked_for, ComplaintScreen):
            comment = Feedback(asked_for.answer_id, Thumbs.DOWN, text)
            await self._rate(comment)
            await self._desk.say(where, texts.THANKS)
            return
        if not is_private(message):
            if not is_addressed(message, context.bot.id, username):
                return
            text = without_mention(text, username)
        await self._answer(text, where)

    async def _answer(self, question: str, where: Where, asked: str | None = None) -> None:
        services = await self._desk.services()
        conversation = self._desk.identity.conversation(where.chat)

        def ask(listener: StepListener) -> Answer:
            return services.assistant.ask(question, conversation, None, listener)

        async with self._desk.messenger.busy(where):
            incoming = Incoming(question, "telegram")
            answer = await self._desk.answering.answer(incoming, services, ask, StepListener())
        screen = AnswerScreen(
            answer=_to_keep(answer), asked=mask_personal_data(asked) if asked else None
        )
        await self._desk.show(where, screen)

    async def _take(
        self, step: Step, where: Where, message: int, name: str, screen: AnyScreen, tap: Tap
    ) -> None:
        """Do what a button of a message leads to."""
        desk = self._desk
        match step:
            case Replace(screen=following):
                await desk.replace(where.chat, message, name, following)
            case Follow(screen=following, closes=closes):
                if closes:  # first, so that who taps twice gets it once
                    await desk.messenger.close(where.chat, message)
                await desk.show(where, following)
            case Ask(question=question):
                await self._answer(question, where, asked=question)
            case Rate():
                await self._rate(Feedback(step.answer_id, step.thumbs, step.comment))
                await self._after_rating(step, where, message, name, screen)
            case AskForComment(answer_id=answer_id):
                complaint = ComplaintScreen(answer_id=answer_id)
                await desk.messenger.close(where.chat, message)
                await desk.messenger.ask_to_write(where, texts.WRITE_IT, complaint)
            case ShowChart(manual=manual, position=position):
                async with desk.messenger.busy(where, ChatAction.UPLOAD_PHOTO):
                    await desk.send_chart(where, manual, position)
            case SendPack(manual=manual, position=position):
                async with desk.messenger.busy(where, ChatAction.UPLOAD_DOCUMENT):
                    await desk.send_pack(where, manual, position)
            case Plain.ERASE:
                await self._commands.erase(where)
                await desk.messenger.close(where.chat, message, texts.said(texts.ERASED))
            case Plain.KEEP:
                await desk.messenger.close(where.chat, message, texts.said(texts.KEPT))
            case Plain():
                log.debug("botón sin efecto", verb=tap.verb.value)

    async def _after_rating(
        self, step: Rate, where: Where, message: int, name: str, screen: AnyScreen
    ) -> None:
        if isinstance(screen, AnswerScreen):
            rated = screen.model_copy(update={"rated": True})
            await self._desk.replace(where.chat, message, name, rated)
            if step.thumbs is Thumbs.DOWN:
                await self._desk.show(where, ComplaintScreen(answer_id=step.answer_id))
            return
        await self._desk.messenger.close(where.chat, message, texts.said(texts.THANKS))

    async def _rate(self, feedback: Feedback) -> None:
        services: Services = await self._desk.services()
        await self._desk.threads.run(lambda: services.feedback.record(feedback))

    async def _is_admitted(self, update: Update, where: Where) -> bool:
        """Whether the person may ask now; who may not is told so, once until they may."""
        user = update.effective_user
        wait = await self._desk.seconds_to_wait(user.id) if user else 0.0
        if not wait:
            return True
        if user is not None and await self._desk.is_to_be_told(user.id, wait):
            await self._desk.say(where, str(TooManyRequestsError(wait)))
        return False


async def _acknowledge(update: Update, text: str | None, *, alert: bool = False) -> None:
    """Let the button stop waiting; one that waited too long does no more."""
    if update.callback_query is not None:
        try:
            await update.callback_query.answer(text, show_alert=alert)
        except BadRequest as error:
            log.info("un botón ya no esperaba respuesta", reason=error.message)


def _where(message: Message, *, edited: bool) -> Where:
    """Where to answer: in groups, and to what was edited, as a reply."""
    replies = edited or not is_private(message)
    topic = message.message_thread_id if message.is_topic_message else None
    person = message.from_user.id if message.from_user else None
    return Where(message.chat_id, message.message_id if replies else None, topic, person)


def _to_keep(answer: Answer) -> Answer:
    """The answer as it is kept: no id of the conversation, and what people typed masked.

    Only a refusal and a question back hold words of the person's; what else is said is the
    manual's, whose telephone numbers are public.
    """
    kept = answer.model_copy(update={"conversation_id": ""})
    return kept if answer.kind is AnswerKind.ANSWER else kept.masked(mask_personal_data)


def _article(offer: Offer) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=secrets.token_urlsafe(9),
        title=offer.title,
        description=shortened(offer.description, _LONGEST_DESCRIPTION),
        input_message_content=InputTextMessageContent(html(offer.lines), parse_mode=ParseMode.HTML),
    )


def handlers_of(dialogue: Dialogue) -> list[Any]:
    """The handlers, as the library wants them."""
    from telegram.ext import CallbackQueryHandler, InlineQueryHandler, MessageHandler, filters

    said = ~filters.StatusUpdate.ALL & filters.UpdateType.MESSAGES
    return [
        MessageHandler(said, dialogue.on_message),
        CallbackQueryHandler(dialogue.on_tap),
        InlineQueryHandler(dialogue.on_inline),
    ]
