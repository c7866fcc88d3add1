"""Sentences against the passages that they cite: what follows passes, what does not is stopped."""

import pytest

from assistant.answering.answer import Citation
from assistant.answering.knowledge import Knowledge
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.writing.grounding import Fault
from assistant.writing.judge import Judge, embedding_similarity
from assistant.writing.passages import Passage, passage_of
from assistant.writing.reply import Sentence
from corpus.embeddings import OnnxEmbeddings


def passage(knowledge: Knowledge, section: str, beginning: str, number: int = 1) -> Passage:
    """The passage of a section that begins so."""
    found = knowledge.manual.section(section)
    assert found is not None
    printed = next(p for p in found.passages if p.text.startswith(beginning))
    citation = Citation(
        manual=knowledge.manual.code,
        section=section,
        title=found.title,
        page=printed.page,
        function=printed.function,
        quote=printed.text,
    )
    return passage_of(number, citation)


@pytest.fixture
def judge(real: Knowledge, embeddings: OnnxEmbeddings) -> Judge:
    return Judge(real, default_thesaurus(), embedding_similarity(embeddings))


@pytest.fixture
def boards(real: Knowledge) -> Passage:
    """ "Estar presente y activo en la conformación de juntas vecinales, …" """
    return passage(real, "3.2", "Estar presente y activo")


@pytest.fixture
def boss(real: Knowledge) -> Passage:
    """ "Puesto al que le reporta: …" of 3.2."""
    return passage(real, "3.2", "Puesto al que")


WHO = "La Coordinación de Mesas Directivas y Juntas Vecinales"


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO} está presente en la conformación de juntas vecinales",
        f"{WHO} (3.2, p. 47) participa en la conformación de las juntas vecinales",
        "Está presente y activa en la conformación de juntas vecinales",
        f"De la conformación de juntas vecinales se encarga {WHO[:1].lower()}{WHO[1:]}",
        f"{WHO} está «presente y activo» en la conformación de juntas vecinales",
    ],
)
def test_what_follows_from_the_passage_passes(text: str, judge: Judge, boards: Passage) -> None:
    assert judge.verdict(Sentence(text, (1,)), [boards]).fault is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The office is responsible for the boards of the city", Fault.LANGUAGE),
        ("Según el pasaje proporcionado, conforma juntas vecinales", Fault.TALK),
        (f"Le recomiendo acudir a {WHO[:1].lower()}{WHO[1:]}", Fault.OPINION),
        (f"{WHO} «decide todo» sobre juntas vecinales", Fault.QUOTE),
        (f"{WHO} conforma 48 juntas vecinales", Fault.NUMBER),
        (f"{WHO} conforma doce juntas vecinales", Fault.NUMBER),
        (f"{WHO} (página 12) está en la conformación de juntas vecinales", Fault.NUMBER),
        ("La Jefatura de Barrios está en la conformación de juntas vecinales", Fault.NAME),
        ("La Jefatura de Geomática está en la conformación de juntas vecinales", Fault.NAME),
        (f"{WHO} conforma juntas vecinales con Protección Civil", Fault.NAME),
        (f"{WHO} no está en la conformación de juntas vecinales", Fault.POLARITY),
        (f"Sólo {WHO[:1].lower()}{WHO[1:]} conforma juntas vecinales", Fault.POLARITY),
        (f"{WHO} autoriza la conformación de juntas vecinales", Fault.AUTHORITY),
        (f"{WHO} conforma juntas vecinales gratis", Fault.DETAIL),
        (f"{WHO} conforma juntas vecinales los lunes", Fault.DETAIL),
        (f"{WHO} inspecciona restaurantes y mercados", Fault.SUPPORT),
    ],
)
def test_what_does_not_is_stopped_and_it_is_known_why(
    text: str, fault: Fault, judge: Judge, boards: Passage
) -> None:
    assert judge.verdict(Sentence(text, (1,)), [boards]).fault is fault


def test_a_sentence_needs_passages_that_were_given(judge: Judge, boards: Passage) -> None:
    text = f"{WHO} está presente en la conformación de juntas vecinales"
    assert judge.verdict(Sentence(text, ()), [boards]).fault is Fault.UNCITED
    assert judge.verdict(Sentence(text, (1, 7)), [boards]).fault is Fault.UNCITED


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (f"{WHO} le reporta a la Dirección de Participación Ciudadana", True),
        ("Reporta a la Dirección de Participación Ciudadana", True),
        (f"{WHO} depende de la Dirección de Participación Ciudadana", True),
        (f"A la Dirección de Participación Ciudadana le reporta {WHO}", True),
        (f"El superior de {WHO} es la Dirección de Participación Ciudadana", True),
        (f"La Dirección de Participación Ciudadana le reporta a {WHO}", False),
        (f"A {WHO} le reporta la Dirección de Participación Ciudadana", False),
        (f"La Dirección de Participación Ciudadana depende de {WHO}", False),
        (f"{WHO} le reporta a la Dirección de Gobierno Digital", False),
    ],
)
def test_reporting_lines_are_judged_by_the_chart(
    text: str, holds: bool, judge: Judge, boss: Passage
) -> None:
    fault = judge.verdict(Sentence(text, (1,)), [boss]).fault
    assert (fault is None) == holds, fault


def test_a_passage_that_a_sentence_does_not_need_is_not_cited(
    real: Knowledge, judge: Judge, boards: Passage
) -> None:
    other = passage(real, "3.2.1", "Puesto al que", 2)
    text = f"{WHO} está presente en la conformación de juntas vecinales"
    verdict = judge.verdict(Sentence(text, (1, 2)), [boards, other])
    assert [p.number for p in verdict.rests_on] == [1]


def test_a_wrong_number_of_a_passage_is_set_right(
    real: Knowledge, judge: Judge, boards: Passage
) -> None:
    other = passage(real, "2.1.5.1", "Puesto al que", 2)
    text = f"{WHO} está presente en la conformación de juntas vecinales"
    verdict = judge.verdict(Sentence(text, (2,)), [boards, other])
    assert verdict.fault is None
    assert [p.number for p in verdict.rests_on] == [1]


def test_a_sentence_that_goes_on_is_about_the_one_before(
    real: Knowledge, judge: Judge, boards: Passage
) -> None:
    first = Sentence(f"{WHO} está presente en la conformación de juntas vecinales", (1,))
    assert judge.verdict(first, [boards]).fault is None
    maps = real.manual.position("2.1.5.1")
    assert maps is not None
    elsewhere = passage(real, "2.1.5.1", maps.functions[0].text, 2)
    also = Sentence(f"También se ocupa de {maps.functions[0].text.lower()}", (2,))
    assert judge.verdict(also, [boards, elsewhere]).fault is Fault.AGENT
