"""What each command does: `Commands.run`."""

from collections.abc import Awaitable, Callable

from telegram.constants import ChatAction

from assistant.asking.examples import examples_of
from assistant.asking.library import Library
from bots.chat.places import (
    Place,
    UnclearError,
    find_place_of_position,
    find_section,
    labels_of,
)
from bots.chat.screens import (
    ChoiceScreen,
    EraseScreen,
    InductionScreen,
    Option,
    Purpose,
    SectionScreen,
    WelcomeScreen,
)
from bots.chat.views import texts
from bots.telegram.addressing import Command
from bots.telegram.desk import Desk
from bots.telegram.messenger import Where
from bots.telegram.texts import help_view, privacy_view

_EXAMPLES = 3
_MOST_CHARTS = 30
"""Org charts to choose from."""


class Commands:
    """The commands that people type. They raise AsistenteError and TelegramError."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Callable[[str, Where], Awaitable[None]]] = {
            "start": self._start,
            "ayuda": self._help,
            "help": self._help,
            "puesto": self._position,
            "seccion": self._section,
            "organigrama": self._chart,
            "induccion": self._induction,
            "nueva": self._new,
            "privacidad": self._privacy,
            "borrar": self._erase,
        }

    async def run(self, command: Command, where: Where) -> None:
        """Do what a command asks for; an unknown one gets a kind answer."""
        do = self._known.get(command.name)
        if do is None:
            await self._desk.say(where, texts.UNKNOWN_COMMAND)
            return
        await do(command.argument, where)

    async def erase(self, where: Where) -> None:
        """Erase what is kept of a chat."""
        await self._forget(where)
        await self._desk.messenger.erase(where.chat)

    async def _start(self, _: str, where: Where) -> None:
        services = await self._desk.services()

        def tried() -> tuple[str, ...]:
            opened = services.library.manuals()[0]
            groups = examples_of(opened, services.assistant)
            return tuple(group.questions[0] for group in groups)[:_EXAMPLES]

        examples = await self._desk.threads.run(tried)
        await self._desk.show(where, WelcomeScreen(examples=examples))

    async def _help(self, _: str, where: Where) -> None:
        messenger = self._desk.messenger
        await messenger.show(where, help_view(messenger.username))

    async def _position(self, named: str, where: Where) -> None:
        place = await self._found(named, where, Purpose.SHEET, "puesto")
        if place is not None:
            code, number = place.opened.record.code, place.section.number
            await self._desk.show(where, SectionScreen(manual=code, section=number))

    async def _section(self, named: str, where: Where) -> None:
        services = await self._desk.services()
        if not named:
            example = (await self._any_position(services.library)).section.number
            await self._desk.say(where, texts.NAME_A_SECTION.format(example=example))
            return
        try:
            place = await self._desk.threads.run(lambda: find_section(services.library, named))
        except UnclearError as error:
            await self._choose(error, Purpose.SHEET, where)
            return
        code, number = place.opened.record.code, place.section.number
        await self._desk.show(where, SectionScreen(manual=code, section=number))

    async def _chart(self, named: str, where: Where) -> None:
        services = await self._desk.services()
        if named:
            place = await self._found(named, where, Purpose.CHART, "organigrama")
            if place is None:
                return
            code, number = place.opened.record.code, place.section.number
        else:
            manuals = await self._desk.threads.run(services.library.manuals)
            if len(manuals) > 1:
                wholes = tuple(
                    Option(manual=m.record.code, section="", label=m.record.short_name)
                    for m in manuals[:_MOST_CHARTS]
                )
                lead = "¿El organigrama de qué dependencia?"
                choice = ChoiceScreen(purpose=Purpose.CHART, lead=lead, options=wholes)
                await self._desk.show(where, choice)
                return
            code, number = manuals[0].record.code, ""
        async with self._desk.messenger.busy(where, ChatAction.UPLOAD_PHOTO):
            await self._desk.send_chart(where, code, number)

    async def _induction(self, named: str, where: Where) -> None:
        place = await self._found(named, where, Purpose.INDUCTION, "induccion")
        if place is not None:
            code, number = place.opened.record.code, place.section.number
            await self._desk.show(where, InductionScreen(manual=code, position=number))

    async def _new(self, _: str, where: Where) -> None:
        await self._forget(where)
        await self._desk.say(where, texts.NEW_CONVERSATION)

    async def _privacy(self, _: str, where: Where) -> None:
        settings = self._desk.settings
        view = privacy_view(settings.retention_days, settings.llm)
        await self._desk.messenger.show(where, view)

    async def _erase(self, _: str, where: Where) -> None:
        person = self._desk.identity.user(where.person) if where.person is not None else ""
        await self._desk.show(where, EraseScreen(asked_by=person))

    async def _forget(self, where: Where) -> None:
        services = await self._desk.services()
        conversation = self._desk.identity.conversation(where.chat)
        await self._desk.threads.run(lambda: services.assistant.forget(conversation))

    async def _found(
        self, named: str, where: Where, purpose: Purpose, command: str
    ) -> Place | None:
        """The sheet that is named; None where the person is asked which one."""
        services = await self._desk.services()
        if not named:
            example = (await self._any_position(services.library)).section.title.lower()
            told = texts.NAME_A_POSITION.format(command=command, example=example)
            await self._desk.say(where, told)
            return None
        try:
            return await self._desk.threads.run(
                lambda: find_place_of_position(services.library, named)
            )
        except UnclearError as error:
            await self._choose(error, purpose, where)
            return None

    async def _choose(self, error: UnclearError, purpose: Purpose, where: Where) -> None:
        options = tuple(
            Option(manual=each.opened.record.code, section=each.section.number, label=label)
            for each, label in zip(error.places, labels_of(error.places), strict=True)
        )
        await self._desk.show(
            where, ChoiceScreen(purpose=purpose, lead=str(error), options=options)
        )

    async def _any_position(self, library: Library) -> Place:
        """A position for an example: the last of the first manual, where titles are plain."""
        manuals = await self._desk.threads.run(library.manuals)
        manual = manuals[0].knowledge.manual
        section = manual.section(manual.positions[-1].number) if manual.positions else None
        return Place(manuals[0], section or manual.sections[-1])
