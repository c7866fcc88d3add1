"""What is measured of one answer."""

from assistant.answering.answer import AnswerKind
from corpus.model import Manual
from evals.gold import GoldQuestion
from evals.methods.base import Reply
from evals.metrics.marks import Marks, is_on_page, is_verbatim, mark_all
from tests.evals.conftest import AnswerOf, GoldOf


def marks_of(question: GoldQuestion, reply: Reply, manual: Manual) -> Marks:
    return mark_all([question], [reply], manual)[0]


def test_cited_sections_are_judged_both_ways(
    gold: GoldOf, answer: AnswerOf, tiny_manual: Manual
) -> None:
    cites = (("1.1", 1, "Atender las juntas vecinales;"), ("X", 1, "PUESTOS"))
    reply = Reply(answer(cites=cites), ("1.1", "X"), 1.0, 1.0)
    marks = marks_of(gold(sections_all=["1.1", "2.2"]), reply, tiny_manual)
    assert (marks.citation_precision, marks.citation_recall) == (0.5, 0.5)


def test_a_quote_must_be_verbatim_and_on_its_page(answer: AnswerOf, tiny_manual: Manual) -> None:
    text = "Custodiar las actas «firmadas»."
    right, wrong_page, wrong_text, nowhere = answer(
        cites=(("1.1", 2, text), ("1.1", 1, text), ("1.1", 2, "Firmar las actas."), ("9", 2, text))
    ).citations
    assert is_verbatim(right, tiny_manual)
    assert is_on_page(right, tiny_manual)
    assert is_verbatim(wrong_page, tiny_manual)
    assert not is_on_page(wrong_page, tiny_manual)
    assert not is_verbatim(wrong_text, tiny_manual)
    assert not is_verbatim(nowhere, tiny_manual)
    assert not is_on_page(nowhere, tiny_manual)


def test_a_quote_over_a_page_break_is_on_the_page_where_it_begins(
    answer: AnswerOf, tiny_manual: Manual
) -> None:
    whole = "Atender las juntas vecinales; Custodiar las actas «firmadas»."
    first, second = answer(cites=(("1.1", 1, whole), ("1.1", 2, whole))).citations
    assert is_on_page(first, tiny_manual)
    assert not is_on_page(second, tiny_manual)


def test_a_fact_is_supported_if_what_is_cited_says_it(
    gold: GoldOf, answer: AnswerOf, tiny_manual: Manual
) -> None:
    said = answer("Las juntas las ve la Jefatura de Oficina, con 7 personas.")
    facts = [["Jefatura de Oficina"], ["7 personas"], ["no lo dice"]]
    marks = marks_of(gold(facts=facts), Reply(said, (), 1.0, 1.0), tiny_manual)
    assert marks.fact_support == 0.5


def test_citations_of_a_refusal_are_not_judged(
    gold: GoldOf, answer: AnswerOf, tiny_manual: Manual
) -> None:
    refused = Reply(answer("No lo dice.", AnswerKind.ABSTAIN, ()), (), 0.1, 1.0, withheld=True)
    marks = marks_of(gold(sections_any=["1.1"]), refused, tiny_manual)
    assert marks.citation_precision is marks.citation_recall is None
    assert marks.right_if_said is None
    assert marks.ranked is not None
    assert marks.ranked.recall_5 == 0.0
