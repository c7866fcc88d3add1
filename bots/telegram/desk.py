"""What all handlers work with: the services, the messenger, and the limits of each person."""

import time
from collections import OrderedDict

from telegram import Bot

from assistant.faces.serving.answering import Answering
from assistant.faces.serving.services import ServiceDesk, Services
from assistant.faces.serving.threads import Threads
from assistant.reports.charting import chart_png
from assistant.reports.induction.pdf import pack_pdf
from assistant.running.settings import Settings
from assistant.running.storage import ScreenBook
from assistant.running.throttling import Throttle
from bots.chat.screens import AnyScreen
from bots.chat.showing import knowledge_of, pack_of, position_of, view_of
from bots.chat.spans import bold, plain
from bots.chat.view import View
from bots.chat.views.texts import said
from bots.telegram.identity import Identity
from bots.telegram.messenger import Messenger, Where

_MOST_TOLD = 10_000


class Desk:
    """One bot's. For one event loop."""

    def __init__(
        self,
        settings: Settings,
        services: ServiceDesk,
        threads: Threads,
        identity: Identity,
        throttle: Throttle,
    ) -> None:
        self.settings = settings
        self.threads = threads
        self.answering = Answering(settings, threads)
        self.identity = identity
        self._services = services
        self._throttle = throttle
        self._messenger: Messenger | None = None
        self._told: OrderedDict[str, float] = OrderedDict()

    def connect(self, bot: Bot, screens: ScreenBook) -> None:
        """Speak through a bot from now on."""
        self._messenger = Messenger(bot, screens, self.threads, self.identity)

    @property
    def messenger(self) -> Messenger:
        """Sends and edits messages."""
        if self._messenger is None:
            raise AssertionError("the desk is connected before an update is handled")
        return self._messenger

    async def services(self) -> Services:
        """The assistant and what is kept beside it. Raises AsistenteError, and says why."""
        return await self._services.services()

    async def say(self, where: Where, text: str) -> None:
        """Send a sentence."""
        await self.messenger.show(where, said(text))

    async def show(self, where: Where, screen: AnyScreen) -> None:
        """Send a screen as a message. Raises AsistenteError."""
        await self.messenger.show(where, await self._view(screen), screen)

    async def replace(self, chat: int, message: int, name: str, screen: AnyScreen) -> None:
        """Let a message show another screen. Raises AsistenteError."""
        await self.messenger.replace(chat, message, name, await self._view(screen), screen)

    async def send_chart(self, where: Where, code: str, number: str) -> None:
        """Send the branch of a position as a picture; with no number, the whole as a document.

        Raises AsistenteError.
        """
        services = await self.services()
        knowledge = await self.threads.run(lambda: knowledge_of(services.library, code))
        around = position_of(knowledge, number) if number else None
        png = await self.threads.run(lambda: chart_png(knowledge, around))
        manual = knowledge.manual
        title = f"{around.title} ({around.number})" if around else manual.name
        printed = f"{manual.code}, versión {manual.version}, {manual.emission_printed}"
        caption = View((bold(f"Organigrama: {title}"), plain(printed)))
        name = f"organigrama-{manual.code}{f'-{number}' if number else ''}.png"
        if around is None:
            await self.messenger.send_document(where, png, name, caption)
        else:
            await self.messenger.send_picture(where, png, name, caption)

    async def send_pack(self, where: Where, code: str, number: str) -> None:
        """Send the induction of a position as PDF. Raises AsistenteError."""
        services = await self.services()

        def made() -> tuple[bytes, str]:
            knowledge = knowledge_of(services.library, code)
            around = position_of(knowledge, number)
            pack = pack_of(knowledge, number)
            return pack_pdf(pack, chart_png(knowledge, around)), pack.title

        pdf, title = await self.threads.run(made)
        caption = View((bold(f"Inducción: {title} ({number})"), plain(code)))
        name = f"induccion-{code}-{number}.pdf"
        await self.messenger.send_document(where, pdf, name, caption)

    async def seconds_to_wait(self, user_id: int, times: int = 1) -> float:
        """Count a person's request: 0 if it is admitted, else the seconds until the next would be.

        `times` is how many times as many of its sort are allowed as questions.
        """
        person = self.identity.user(user_id)
        return await self._throttle.seconds_to_wait(f"{person} {times}", times)

    async def is_to_be_told(self, user_id: int, wait: float) -> bool:
        """Whether a person has yet to be told to wait: once is polite, each time is noise."""
        person, now = self.identity.user(user_id), time.monotonic()
        if self._told.get(person, 0.0) > now:
            return False
        self._told[person] = now + wait
        self._told.move_to_end(person)
        while len(self._told) > _MOST_TOLD:
            self._told.popitem(last=False)
        return True

    async def _view(self, screen: AnyScreen) -> View:
        services = await self.services()
        return await self.threads.run(lambda: view_of(screen, services.library))
