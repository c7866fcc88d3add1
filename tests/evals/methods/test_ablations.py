"""The assistant with one part left out: that part is gone, and the others are not."""

import pytest

from assistant.answering.answer import AnswerKind
from evals.generated_manuals import generate, questions
from evals.gold import GoldQuestion, judge
from evals.methods.base import Method
from evals.methods.catalog import METHODS, OURS
from evals.workbench import Source, Workbench

BY_KEY = {kind.key: kind for kind in METHODS}


@pytest.fixture(scope="module")
def asked() -> list[GoldQuestion]:
    """The questions of the small manual, of which the truth is known."""
    return [GoldQuestion.model_validate(line) for line in questions(generate(11, 8, ()).truth)]


def share_right(method: Method, asked: list[GoldQuestion], intent: str) -> float:
    own = [question for question in asked if question.intent == intent]
    return sum(judge(q, method.reply(q).answer).correct for q in own) / len(own)


def test_methods_have_keys_of_their_own_and_ours_is_first() -> None:
    assert len(BY_KEY) == len(METHODS)
    assert METHODS[0] is OURS


def test_the_whole_assistant_answers_and_is_sure_of_the_sheets(
    workbench: Workbench, small: Source, asked: list[GoldQuestion]
) -> None:
    ours = OURS.open(workbench, small)
    assert share_right(ours, asked, "reports_to") == 1.0
    boss = next(question for question in asked if question.intent == "reports_to")
    reply = ours.reply(boss)
    assert reply.confidence == 1.0
    assert set(boss.sections_all) <= set(reply.ranking)


def test_history_counts(workbench: Workbench, small: Source, asked: list[GoldQuestion]) -> None:
    follow_up = next(q for q in asked if q.intent == "followup" and len(q.question) < 40)
    ours = OURS.open(workbench, small)
    assert judge(follow_up, ours.reply(follow_up).answer).correct
    alone = follow_up.model_copy(update={"history": []})
    assert not judge(follow_up, ours.reply(alone).answer).correct


@pytest.mark.parametrize("key", ["no_sheets", "no_entities"])
def test_without_sheets_or_names_structure_is_lost(
    key: str, workbench: Workbench, small: Source, asked: list[GoldQuestion]
) -> None:
    less = BY_KEY[key].open(workbench, small)
    assert share_right(less, asked, "chain") < 0.5
    greeting = next(question for question in asked if question.intent == "smalltalk")
    assert less.reply(greeting).answer.kind is greeting.expect


def test_without_names_the_manual_itself_is_still_known(
    workbench: Workbench, small: Source, asked: list[GoldQuestion]
) -> None:
    assert share_right(BY_KEY["no_entities"].open(workbench, small), asked, "chapter") > 0.8


def test_without_lexical_search_passages_come_by_similarity(
    workbench: Workbench, small: Source
) -> None:
    rebuilt = BY_KEY["no_lexical"].open(workbench, small)
    topical = GoldQuestion.model_validate_json(
        '{"id": "1", "question": "¿Quién se encarga de los archivos?", "persona": "staff",'
        '"style": "plain", "intent": "responsible", "expect": "answer", "sections_any": [],'
        '"sections_all": [], "pages": [], "facts": [], "forbidden": []}'
    )
    dense = BY_KEY["dense"].open(workbench, small).reply(topical)
    found = rebuilt.reply(topical)
    cited = len({citation.section for citation in found.answer.citations})
    assert set(dense.ranking[:5]) <= set(found.ranking[: 5 + cited])


def test_without_refusals_something_is_always_said(
    workbench: Workbench, small: Source, asked: list[GoldQuestion]
) -> None:
    ours, insists = OURS.open(workbench, small), BY_KEY["no_abstention"].open(workbench, small)
    for question in (q for q in asked if q.expect is AnswerKind.ABSTAIN):
        assert (
            ours.reply(question).withheld
            or not judge(question, ours.reply(question).answer).correct
        )
        reply = insists.reply(question)
        assert reply.answer.kind is AnswerKind.ANSWER
        assert reply.answer.citations
