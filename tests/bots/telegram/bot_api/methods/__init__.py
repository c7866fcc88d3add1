"""The methods that the server knows; any other is 404."""

from collections.abc import Callable
from typing import Any

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.methods import answering, editing, profile, receiving, sending
from tests.bots.telegram.bot_api.world import World

Method = Callable[[World, Call], Any]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "logOut": profile.log_out,
    "close": profile.close,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendPoll": sending.send_poll,
    "stopPoll": sending.stop_poll,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": answering.answer_callback_query,
    "answerInlineQuery": answering.answer_inline_query,
}
"""`getUpdates` stands apart, in `http.py`: it may have to wait."""
