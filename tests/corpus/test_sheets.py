"""A manual taken apart for the store, and put together again."""

import random

import pytest

from corpus.model import Manual
from corpus.sheets import from_records, to_records


def test_a_manual_comes_back_equal(tiny_manual: Manual) -> None:
    assert from_records(to_records(tiny_manual).items()) == tiny_manual


def test_the_order_in_which_the_records_come_means_nothing(tiny_manual: Manual) -> None:
    many = tiny_manual.model_copy(
        update={
            "sections": tuple(
                tiny_manual.sections[1].model_copy(update={"number": f"1.{i}"}) for i in range(1200)
            )
        }
    )
    records = list(to_records(many).items())
    random.Random(7).shuffle(records)
    assert from_records(records) == many


def test_every_section_and_sheet_is_a_record_of_its_own(tiny_manual: Manual) -> None:
    assert sorted(to_records(tiny_manual)) == [
        "head",
        "positions-000000",
        "sections-000000",
        "sections-000001",
    ]


def test_half_a_manual_is_none(tiny_manual: Manual) -> None:
    records = to_records(tiny_manual)
    del records["head"]
    with pytest.raises(KeyError):
        from_records(records.items())
