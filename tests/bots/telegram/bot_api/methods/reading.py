"""What several methods read from a call: the chat, the text, the message meant."""

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.chats import Chat, Message
from tests.bots.telegram.bot_api.detection import with_found_entities
from tests.bots.telegram.bot_api.errors import bad_request, forbidden
from tests.bots.telegram.bot_api.formatting import Formatted, utf16_length
from tests.bots.telegram.bot_api.html_reading import parse_html, stray_signs
from tests.bots.telegram.bot_api.world import World

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024


def read_chat(world: World, call: Call) -> Chat:
    """The chat that a message is for. Raises ApiError where the bot may not write."""
    chat_id = call.text("chat_id")
    if not chat_id:
        raise bad_request("chat_id is empty")
    if not chat_id.lstrip("-").isdigit():
        raise bad_request("chat not found")
    chat = world.chat(int(chat_id))
    if chat.blocked:
        kicked = "bot was kicked from the supergroup chat"
        raise forbidden(kicked if chat.is_group else "bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    thread = call.integer("message_thread_id")
    if thread is not None:  # there are no forums here, and a chain of replies is none
        raise bad_request("message thread not found")
    return chat


def read_reply(call: Call, chat: Chat) -> int | None:
    """The message that is replied to. Raises ApiError for one that is gone."""
    parameters = call.parsed("reply_parameters") or {}
    wanted = parameters.get("message_id") or call.integer("reply_to_message_id")
    anyway = parameters.get("allow_sending_without_reply") or call.flag(
        "allow_sending_without_reply"
    )
    if wanted is None or wanted in chat.messages:
        return wanted
    if anyway:
        return None
    raise bad_request("message to be replied not found")


def read_text(world: World, call: Call, name: str = "text") -> Formatted:
    """The text of a message. Raises ApiError for one that is empty, too long or malformed."""
    text = _formatted(world, call, name, call.text("parse_mode"), "entities")
    return checked_text(text)


def checked_text(text: Formatted) -> Formatted:
    """The text, if a message can have it. Raises ApiError."""
    if not text.text:
        raise bad_request("message text is empty")
    if utf16_length(text.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def read_caption(world: World, call: Call) -> Formatted:
    """The caption of a picture or file; may be empty. Raises ApiError."""
    caption = _formatted(world, call, "caption", call.text("parse_mode"), "caption_entities")
    if utf16_length(caption.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return caption


def formatted(world: World, source: str, parse_mode: str | None, where: str) -> Formatted:
    """A text as it will be seen. Raises ApiError."""
    if (parse_mode or "html").lower() != "html":
        raise bad_request("unsupported parse_mode")
    if not parse_mode:
        return with_found_entities(Formatted(source).stripped())
    made = with_found_entities(parse_html(source).stripped())
    world.violations.extend(f"not escaped, in {where}: {each!r}" for each in stray_signs(source))
    return made


def read_message(call: Call, chat: Chat, meant: str) -> Message:
    """The message that a call is about. Raises ApiError."""
    if call.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message_id = call.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"{meant} not found")
    return message


def _formatted(
    world: World, call: Call, name: str, parse_mode: str | None, entities: str
) -> Formatted:
    if call.text(entities):
        raise bad_request("the tests' server takes formatted text as HTML only")
    return formatted(world, call.text(name) or "", parse_mode, call.method)
