"""Whom the office that runs the assistant sends people to."""

from dataclasses import dataclass

from assistant.running.settings import Settings


@dataclass(frozen=True)
class Office:
    """What an office sets for the messages that the manual can't answer."""

    emergency: str
    """Whom to call when life or health is in danger."""
    contact: str | None = None
    """Whom to ask what the manual does not say: text, telephone, link."""


def office_of(settings: Settings) -> Office:
    """The office of the settings."""
    return Office(settings.emergency_text, settings.contact)


DEFAULT_OFFICE = Office(str(Settings.model_fields["emergency_text"].default))
"""Without settings of its own."""
