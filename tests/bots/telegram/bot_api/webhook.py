"""Posts updates to the bot's webhook, one after another, each until the bot takes it."""

import threading

import httpx

from tests.bots.telegram.bot_api.faults import Faults
from tests.bots.telegram.bot_api.updates import Update
from tests.bots.telegram.bot_api.world import Webhook, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_ANSWER_WITHIN = 10.0
_AGAIN = 0.1
"""Seconds between tries; Telegram waits longer each time."""
_LOOK_AROUND = 0.5


class WebhookSender:
    """A thread that posts what is pending wherever the bot wants it."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhook", daemon=True)

    def start(self) -> None:
        with self._world.changed:
            self._world.updates.listeners.add(self._world.changed.notify_all)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        with self._world.changed:
            self._world.changed.notify_all()
        self._thread.join(_ANSWER_WITHIN + 1)

    def _run(self) -> None:
        with httpx.Client(timeout=_ANSWER_WITHIN) as client:
            while not self._ended.is_set():
                with self._world.changed:
                    due = self._due()
                    if due is None:
                        self._world.changed.wait(_LOOK_AROUND)
                        continue
                if not self._posted(client, *due):
                    self._ended.wait(_AGAIN)

    def _due(self) -> tuple[Webhook, Update] | None:
        hook = self._world.webhook
        if not hook.url or self._faults.stopping or self._faults.silence:
            return None
        batch = self._world.updates.batch(1)
        return (hook, batch[0]) if batch else None

    def _posted(self, client: httpx.Client, hook: Webhook, update: Update) -> bool:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            taken = client.post(hook.url, json=update.wire(), headers=headers).is_success
        except httpx.HTTPError:
            taken = False
        with self._world.changed:
            if taken:
                self._world.updates.delivered(update)
            self._world.changed.notify_all()
        return taken
