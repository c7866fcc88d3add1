"""A typed Manual as records of moderate size, and back: a head, the sections, the positions."""

import json
from collections.abc import Iterable
from typing import Any

from corpus.model import Manual

_HEAD = "head"
_LISTS = ("sections", "positions")
"""The long parts of a manual: each of their entries is a record of its own."""


def to_records(manual: Manual) -> dict[str, str]:
    """The manual as JSON texts by id; the ids sort in the manual's order."""
    data = manual.model_dump(mode="json")
    records = {
        f"{name}-{place:06}": _json(entry)
        for name in _LISTS
        for place, entry in enumerate(data.pop(name))
    }
    return {_HEAD: _json(data), **records}


def from_records(records: Iterable[tuple[str, str]]) -> Manual:
    """The manual that `to_records` took apart; the records may come in any order."""
    by_id = dict(records)
    data: dict[str, Any] = json.loads(by_id.pop(_HEAD))
    for name in _LISTS:
        data[name] = [json.loads(by_id[id_]) for id_ in sorted(by_id) if id_.startswith(name)]
    return Manual.model_validate(data)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
