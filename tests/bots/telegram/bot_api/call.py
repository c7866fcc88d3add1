"""A call of a method as it came over HTTP, and the refusals that it may get in Telegram's words."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

_TRUE = frozenset(["true", "yes", "1"])


class ApiError(Exception):
    """A refusal: becomes `{"ok": false, "error_code": …, "description": …}`."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(reason: str) -> ApiError:
    """A request that the bot should not have made like this."""
    return ApiError(400, f"Bad Request: {reason}")


@dataclass(frozen=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes


@dataclass
class Call:
    """A method and its parameters; remembers which of them were read."""

    method: str
    parameters: dict[str, str]
    uploads: dict[str, Upload] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)

    def knows(self, *names: str) -> None:
        """Parameters that change nothing here."""
        self.read.update(names)

    def text(self, name: str) -> str | None:
        """A parameter; None if it was not sent."""
        self.knows(name)
        return self.parameters.get(name)

    def integer(self, name: str) -> int | None:
        """A number. Raises ApiError for what is none."""
        value = self.text(name)
        if value is None or re.fullmatch(r"-?\d+", value):
            return int(value) if value else None
        raise bad_request(f'field "{name}" must be of type Number')

    def flag(self, name: str) -> bool:
        """A yes or no; no if it was not sent."""
        return (self.text(name) or "").lower() in _TRUE

    def parsed(self, name: str) -> Any:
        """What a parameter says in JSON; None if it was not sent. Raises ApiError."""
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def upload(self, name: str) -> Upload:
        """A file. Raises ApiError for one that is not there, or empty."""
        self.knows(name)
        if name not in self.uploads:
            raise bad_request(f"there is no {name} in the request")
        if not self.uploads[name].content:
            raise bad_request("file must be non-empty")
        return self.uploads[name]

    @property
    def unread(self) -> list[str]:
        """Parameters that the method doesn't know."""
        return sorted((self.parameters.keys() | self.uploads.keys()) - self.read)


async def read_call(request: Request) -> Call:
    """The call that a request makes, with parameters in its address or in a form."""
    call = Call(request.path_params["method"], dict(request.query_params))
    async with request.form() as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                call.uploads[name] = Upload(value.filename or "", await value.read())
            else:
                call.parameters[name] = value
    return call
