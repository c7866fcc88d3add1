"""The thesaurus leads from what people say to what manuals print, and its files keep its rules."""

from collections import Counter
from collections.abc import Iterator

import pytest

from assistant.lexicon import load
from assistant.retrieval.terms import topic_terms
from assistant.retrieval.thesaurus import Group, Phrase, Thesaurus, default_thesaurus, phrase
from assistant.structure.tokens import tokenize
from corpus.spanish import STOPWORDS, stems, words

GROUPS = [Group(**row) for row in load("synonyms")["group"]]


def reached(question: str) -> set[Phrase]:
    """The wordings to which the runs of words of a question lead, as retrieval looks them up."""
    thesaurus = default_thesaurus()
    said = [term.stem for term in topic_terms(tokenize(question))]
    return {
        wording
        for start in range(len(said))
        for end in range(start + 1, len(said) + 1)
        for wording in thesaurus.wordings(tuple(said[start:end]))
    }


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("¿A quién le pido que restablezcan o cambien mi contraseña?", "seguridad informática"),
        ("Queremos formar una mesa directiva en la colonia", "juntas vecinales"),
        ("¿Quién se pone de acuerdo con otras secretarías?", "concertación"),
        ("Un funcionario me pidió mordida", "responsabilidades administrativas"),
    ],
)
def test_everyday_words_lead_to_printed_ones(question: str, printed: str) -> None:
    assert phrase(printed) in reached(question)


def test_everyday_wordings_lead_to_each_other_and_formal_ones_nowhere() -> None:
    thesaurus = Thesaurus([Group(["vobo", "luz verde"], ["aprobar"])])
    assert thesaurus.wordings(phrase("vobo")) == [phrase("aprobar"), phrase("luz verde")]
    assert thesaurus.wordings(phrase("aprobar")) == []


def test_an_abbreviation_and_its_expansion_lead_to_each_other() -> None:
    thesaurus = Thesaurus([Group(["POA", "programa operativo anual"])])
    assert thesaurus.wordings(phrase("poa")) == [phrase("programa operativo anual")]
    assert thesaurus.wordings(phrase("programa operativo anual")) == [phrase("poa")]


def test_a_light_word_leads_on_but_names_no_topic() -> None:
    thesaurus = Thesaurus([Group(["borrar"], ["depurar"], light=True), Group(["nómina"], ["pago"])])
    (erase,), (payroll,) = phrase("borrar"), phrase("nómina")
    assert thesaurus.wordings((erase,)) == [phrase("depurar")]
    assert not thesaurus.has_word(erase)
    assert thesaurus.has_word(payroll)


def test_a_word_of_a_phrase_is_no_topic_by_itself() -> None:
    thesaurus = Thesaurus([Group(["luz verde"], ["aprobar"])])
    assert not any(thesaurus.has_word(word) for word in phrase("luz verde"))


def test_the_default_thesaurus_reads_the_synonyms() -> None:
    assert all(default_thesaurus().wordings(phrase(g.everyday[0])) for g in GROUPS[:1])


def test_every_group_joins_at_least_two_wordings() -> None:
    for group in GROUPS:
        assert group.everyday, group
        assert len(_phrases(group)) >= 2, group


def test_every_wording_is_plain_words() -> None:
    for wording in _wordings():
        assert words(wording), wording
        assert wording == wording.strip().lower(), wording
        assert wording.replace(" ", "").isalnum(), wording


def test_no_wording_is_made_of_stop_words_alone() -> None:
    for wording in _wordings():
        assert any(word not in STOPWORDS for word in words(wording)), wording


def test_wordings_are_folded_and_stemmed_as_manuals_are() -> None:
    for wording in _wordings():
        assert list(phrase(wording)) == stems(wording), wording


def test_no_everyday_wording_holds_a_word_that_questions_lose() -> None:
    """The terms of a question leave out the words that only ask, so that it could not match."""
    lost = [e for e in _everyday() if phrase(e) != tuple(t.stem for t in topic_terms(tokenize(e)))]
    assert lost == []


def test_the_wordings_of_a_group_differ_in_their_stems() -> None:
    for group in GROUPS:
        repeated = [p for p, n in Counter(_phrases(group, unique=False)).items() if n > 1]
        assert not repeated, (group, repeated)


def test_no_everyday_wording_has_the_same_formal_one_twice() -> None:
    pairs = Counter((phrase(e), phrase(f)) for g in GROUPS for e in g.everyday for f in g.formal)
    assert [pair for pair, count in pairs.items() if count > 1] == []


def _everyday() -> Iterator[str]:
    return (wording for group in GROUPS for wording in group.everyday)


def _wordings() -> Iterator[str]:
    return (wording for group in GROUPS for wording in (*group.everyday, *group.formal))


def _phrases(group: Group, *, unique: bool = True) -> list[Phrase]:
    found = [phrase(wording) for wording in (*group.everyday, *group.formal)]
    return list(dict.fromkeys(found)) if unique else found
