"""Scores: drawn at random among those that nobody has scored, and the figures of them."""

import json

import pytest

from assistant.answering.answer import Answer, AnswerKind, Citation
from assistant.desk.errors import DeskError
from assistant.desk.exam import gold_question
from assistant.desk.outcomes import Channel
from assistant.desk.questions import Asked, KeptQuestion, QuestionBook
from assistant.desk.scores import ScoreBook, Verdict, score_figures
from assistant.running.storage import Database
from evals.gold import GoldQuestion


def _keep(database: Database, answer_id: str, channel: Channel = Channel.WEB) -> KeptQuestion:
    cited = Citation(manual="MO-1", section="3.2", title="Juntas", page=47, quote="Organizar…")
    other = cited.model_copy(update={"section": "3.2.1", "page": 48})
    answer = Answer(
        answer="La 3.2.",
        kind=AnswerKind.ANSWER,
        citations=[cited, other],
        conversation_id="",
        answer_id=answer_id,
    )
    book = QuestionBook(database)
    book.keep(Asked("¿Quién ve las juntas?", channel, "MO-1", answer, 40))
    kept = book.find(answer_id)
    assert kept is not None
    return kept


def test_each_is_drawn_until_it_is_scored(database: Database) -> None:
    scores = ScoreBook(database)
    assert scores.draw() is None
    kept = {each: _keep(database, each) for each in ("una", "dos", "tres")}
    for _ in range(3):
        drawn = scores.draw()
        assert drawn in kept
        scores.write(kept.pop(str(drawn)), Verdict.RIGHT, [], "ana@oficina.mx")
    assert scores.draw() is None


def test_figures_by_channel_with_citations(database: Database) -> None:
    scores = ScoreBook(database)
    scores.write(_keep(database, "una"), Verdict.RIGHT, [], "ana@oficina.mx")
    scores.write(_keep(database, "dos"), Verdict.WRONG, [1, 1, 9], "ana@oficina.mx")
    scores.write(_keep(database, "tres", Channel.API), Verdict.RIGHT, [], "ana@oficina.mx")
    figures = score_figures(scores.all())
    assert (figures.all.verdicts[Verdict.RIGHT].count, figures.all.total) == (2, 3)
    assert (figures.all.citations.count, figures.all.citations.of) == (5, 6)
    assert [(c, line.total) for c, line in figures.channels] == [(Channel.WEB, 2), (Channel.API, 1)]
    assert len(figures.weeks) == 1


def test_a_score_keeps_no_question_unless_it_is_taken_into_the_exam(database: Database) -> None:
    scores, kept = ScoreBook(database), _keep(database, "una")
    scores.write(kept, Verdict.RIGHT, [], "ana@oficina.mx")
    assert scores.gold("MO-1") == []
    scores.write(kept, Verdict.RIGHT, [], "ana@oficina.mx", gold_question(kept, Verdict.RIGHT))
    (line,) = scores.gold("MO-1")
    gold = GoldQuestion.model_validate_json(line)
    assert gold.question == "¿Quién ve las juntas?"
    assert (gold.sections_any, gold.pages) == (["3.2", "3.2.1"], [47, 48])


def test_what_should_not_have_been_answered_must_be_refused(database: Database) -> None:
    gold = json.loads(gold_question(_keep(database, "una"), Verdict.NOT_TO_ANSWER))
    assert (gold["expect"], gold["sections_any"]) == ("abstain", [])


@pytest.mark.parametrize("verdict", [Verdict.WRONG, Verdict.INCOMPLETE])
def test_of_a_wrong_answer_it_is_not_known_what_is_right(
    database: Database, verdict: Verdict
) -> None:
    with pytest.raises(DeskError, match="examen"):
        gold_question(_keep(database, "una"), verdict)
