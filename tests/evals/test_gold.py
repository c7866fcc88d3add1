"""The gold sets keep their schema, and what they say of a manual stands in it."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assistant.answering.answer import AnswerKind
from assistant.running.settings import Settings
from corpus.model import Manual
from corpus.spanish import fold
from evals.gold import GOLD_FOLDER, GoldQuestion
from evals.gold_sets import CLAIMS, GoldSet, Split, gold_sets
from ingest import parse_manual, read_source

SETS, MISSING = gold_sets(Settings.model_fields["manuals_dir"].default)
each_set = pytest.mark.parametrize("gold_set", SETS, ids=lambda gold_set: gold_set.key)

parsed = cache(lambda source: parse_manual(read_source(source)))


def asked(questions: tuple[GoldQuestion, ...]) -> Counter[tuple[str, ...]]:
    """The questions as they are compared: with the conversation before them, without accents."""
    return Counter((fold(q.question), *map(fold, q.history)) for q in questions)


def pages_of(manual: Manual, numbers: set[str]) -> set[int]:
    """The pages that some sections are printed on."""
    sections = [section for n in numbers if (section := manual.section(n)) is not None]
    return {s.page for s in sections} | {p.page for s in sections for p in s.passages}


def test_every_file_is_read_and_its_manual_found() -> None:
    assert not MISSING
    assert len(SETS) == len(
        [f for f in GOLD_FOLDER.glob("*.jsonl") if not f.name.startswith(CLAIMS)]
    )
    assert {(each.code, each.split) for each in SETS} == {
        (each.code, split) for each in SETS for split in (Split.DEV, Split.TEST)
    }


@each_set
def test_ids_are_unique(gold_set: GoldSet) -> None:
    ids = [question.id for question in gold_set.questions]
    assert len(set(ids)) == len(ids)


@each_set
def test_sections_exist_in_the_manual(gold_set: GoldSet) -> None:
    manual = parsed(gold_set.source)
    for gold in gold_set.questions:
        for number in (*gold.sections_any, *gold.sections_all):
            assert manual.section(number) is not None, (gold.id, number)


@each_set
def test_pages_are_pages_of_those_sections(gold_set: GoldSet) -> None:
    manual = parsed(gold_set.source)
    for gold in gold_set.questions:
        printed = pages_of(manual, {*gold.sections_any, *gold.sections_all})
        assert set(gold.pages) <= printed, gold.id


@each_set
def test_only_an_answer_has_sections_and_facts(gold_set: GoldSet) -> None:
    for gold in gold_set.questions:
        told = (gold.sections_any, gold.sections_all, gold.pages, gold.facts)
        assert gold.expect is AnswerKind.ANSWER or not any(told), gold.id
        assert all(wordings and all(wordings) for wordings in gold.facts), gold.id


@each_set
def test_a_question_is_asked_once(gold_set: GoldSet) -> None:
    assert [q for q, count in asked(gold_set.questions).items() if count > 1] == []


@pytest.mark.parametrize("code", sorted({each.code for each in SETS}))
def test_no_question_is_in_both_splits(code: str) -> None:
    dev, test = (
        asked(next(s.questions for s in SETS if (s.code, s.split) == (code, split)))
        for split in (Split.DEV, Split.TEST)
    )
    assert not set(dev) & set(test)


def test_there_are_as_many_questions_as_promised() -> None:
    on_real = [q for each in SETS if each.code == "MO-SIG-01" for q in each.questions]
    assert len(on_real) >= 250
    assert sum(q.expect is AnswerKind.ABSTAIN for q in on_real) >= 60


def test_a_set_without_its_manual_is_named(tmp_path: Path) -> None:
    (tmp_path / "mo-nada-01.dev.jsonl").write_text("", "utf-8")
    assert gold_sets(tmp_path, folder=tmp_path) == ([], ["mo-nada-01.dev.jsonl"])
