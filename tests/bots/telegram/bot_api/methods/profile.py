"""Methods about the bot itself: who it is, and how it presents itself."""

import json
import re
from typing import Any

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.errors import bad_request
from tests.bots.telegram.bot_api.world import World

MOST_COMMANDS, LONGEST_COMMAND_DESCRIPTION = 100, 256
LONGEST_DESCRIPTION, LONGEST_SHORT_DESCRIPTION = 512, 120
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = frozenset(
    ["default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"]
)


def get_me(world: World, call: Call) -> dict[str, Any]:
    del call
    everything = all(not each.privacy for each in world.chats.values() if each.is_group)
    return {
        **world.bot.wire(),
        "can_join_groups": True,
        "can_read_all_group_messages": everything,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, call: Call) -> bool:
    values = call.parsed("commands")
    if not isinstance(values, list):
        raise bad_request("expected an Array of BotCommand")
    if len(values) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_audience(call)] = [_command(each) for each in values]
    return True


def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    return world.profile.commands.get(_audience(call), [])


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


def log_out(world: World, call: Call) -> bool:
    del call
    world.logged_out = True
    return True


def close(world: World, call: Call) -> bool:
    del world, call
    return True


def _command(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = str(value.get("command", "")), str(value.get("description", ""))
    command = command.removeprefix("/")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _audience(call: Call) -> tuple[str, str]:
    scope = call.parsed("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    key = "default" if scope["type"] == "default" else json.dumps(scope, sort_keys=True)
    return key, _language(call)


def _language(call: Call) -> str:
    code = call.text("language_code") or ""
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("LANG_CODE_INVALID")
    return code
