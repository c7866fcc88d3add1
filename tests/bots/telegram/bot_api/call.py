"""A call of a method as it came over HTTP: parameters, and files sent along."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.bots.telegram.bot_api.errors import bad_request

_TRUE = frozenset(["true", "yes", "1"])
_DISPOSITION = re.compile(rb'(?P<key>name|filename)="(?P<value>[^"]*)"')


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

    def text(self, name: str) -> str | None:
        """A parameter; None if it was not sent."""
        self.read.add(name)
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

    def upload(self, name: str) -> Upload | None:
        """A file, sent under the parameter's name or as `attach://…`."""
        self.read.add(name)
        attached = (self.parameters.get(name) or "").removeprefix("attach://")
        self.read.add(attached)
        return self.uploads.get(attached) or self.uploads.get(name)

    @property
    def unread(self) -> list[str]:
        """Parameters that the method doesn't know."""
        return sorted((self.parameters.keys() | self.uploads.keys()) - self.read)


def read_call(method: str, content_type: str, query: str, body: bytes) -> Call:
    """A call from a request. Raises ApiError for a body that can't be read."""
    parameters = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("multipart/form-data"):
        fields, uploads = _multipart(content_type, body)
        return Call(method, parameters | fields, uploads)
    if content_type.startswith("application/json"):
        sent = json.loads(body or b"{}")
        as_text = {k: v if isinstance(v, str) else json.dumps(v) for k, v in sent.items()}
        return Call(method, parameters | as_text)
    return Call(method, parameters | dict(parse_qsl(body.decode(), keep_blank_values=True)))


def _multipart(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """The parts of a form; Starlette's own reading would need one more package."""
    found = re.search(r'boundary="?([^";]+)', content_type)
    if found is None:
        raise bad_request("multipart without a boundary")
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + found[1].encode())[1:]:
        head, separator, content = part.partition(b"\r\n\r\n")
        if not separator:
            continue  # what closes the form
        disposition = {m["key"].decode(): m["value"].decode() for m in _DISPOSITION.finditer(head)}
        if "filename" in disposition:
            uploads[disposition["name"]] = Upload(disposition["filename"], content)
        else:
            fields[disposition["name"]] = content.decode()
    return fields, uploads
