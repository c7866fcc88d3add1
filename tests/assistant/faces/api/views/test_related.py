"""What the manual does not answer leads on to where words of the question are printed."""

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.faces.api.views.related import related_to


def _told(real: Knowledge, question: str) -> list[tuple[str, str]]:
    return [(each.found.section.number, each.word) for each in related_to(real.manual, question)]


def test_words_that_are_printed_in_few_sections_lead_there(real: Knowledge) -> None:
    assert _told(real, "¿Cuándo me tocan las vacaciones?") == [("3.5", "vacaciones")]


def test_a_word_is_told_in_the_form_that_is_printed(real: Knowledge) -> None:
    found = related_to(real.manual, "me quiero quejar de un bache")
    assert {each.word for each in found} == {"quejas"}
    for each in found:
        assert each.word in each.found.quote


def test_no_section_stands_twice_and_there_are_few(real: Knowledge) -> None:
    numbers = [n for n, _ in _told(real, "licencias, vacaciones, incapacidades, quejas, manejo")]
    assert len(numbers) == len(set(numbers)) == 3


@pytest.mark.parametrize(
    "question",
    [
        "¿dónde saco mi acta de nacimiento?",
        "quiero saber de la basura",
        "¿Quién poda los árboles del parque?",
        "¿cuántos puestos tiene la secretaría?",
        "¿y eso?",
        "¡!",
    ],
)
def test_words_that_are_nowhere_or_say_little_lead_nowhere(real: Knowledge, question: str) -> None:
    assert related_to(real.manual, question) == ()
