"""How the bot gets its updates: it asks for them, or has them posted."""

import re
from typing import Any
from urllib.parse import urlsplit

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.errors import bad_request
from tests.bots.telegram.bot_api.world import Webhook, World

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


def set_webhook(world: World, call: Call) -> bool:
    """Unlike Telegram's own server, this one posts to http: too (as a local server does)."""
    url, secret = call.text("url") or "", call.text("secret_token") or ""
    call.integer("max_connections")
    call.text("ip_address")
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


def get_webhook_info(world: World, call: Call) -> dict[str, Any]:
    del call
    hook = world.webhook
    made: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if hook.last_error:
        made |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    return made
