"""What models write is read whatever its form, and in whatever pieces it comes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answer import Citation
from assistant.writing.passages import numbered_passages
from assistant.writing.reply import NOT_GIVEN, Completeness, ReplyReader, Sentence


def read(text: str, piece: int = 7) -> tuple[list[Sentence], Completeness]:
    """All sentences of a text that comes in pieces."""
    reader, found = ReplyReader(), list[Sentence]()
    for at in range(0, len(text), piece):
        found += reader.feed(text[at : at + piece])
    return found + reader.finish(), reader.completeness


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("La A hace X [1].", [("La A hace X", (1,))]),
        ("La A hace X. [1] La B hace Y [2]", [("La A hace X", (1,)), ("La B hace Y", (2,))]),
        ("La A hace X [1] La B hace Y [2].", [("La A hace X", (1,)), ("La B hace Y", (2,))]),
        ("La A [1] y la B [2] hacen X [1].", [("La A y la B hacen X", (1, 2))]),
        ("La A hace X [1], [2] y [3].", [("La A hace X", (1, 2, 3))]),
        ("La A hace X [1, 2 y 3].", [("La A hace X", (1, 2, 3))]),
        ("La A (3) hace X (pasaje 2).", [("La A (3) hace X", (2,))]),
        ("La A hace X [Pasaje 1].", [("La A hace X", (1,))]),
        ("[1] La A hace X.", [("La A hace X", (1,))]),
        ("- La A hace X [1]\n2) La B hace Y [2]", [("La A hace X", (1,)), ("La B hace Y", (2,))]),
        ("La A hace X.\nLa B hace Y [2].", [("La A hace X", ()), ("La B hace Y", (2,))]),
        ("Según el Art. 5 del Reglamento, A hace X [1].", [
            ("Según el Art. 5 del Reglamento, A hace X", (1,))
        ]),
        ("La 2.1 hace X [1]. ¿Y qué? [1]", [("La 2.1 hace X", (1,)), ("¿Y qué?", (1,))]),
        ("", []),
        ("COMPLETA: no", []),
    ],
)  # fmt: skip
def test_text_with_marks_of_all_sorts(
    text: str, sentences: list[tuple[str, tuple[int, ...]]]
) -> None:
    for piece in (1, 5, 1000):
        assert [(s.text, s.passages) for s in read(text, piece)[0]] == sentences


@pytest.mark.parametrize(
    ("end", "completeness"),
    [
        ("COMPLETA: sí", Completeness.WHOLE),
        ("completa: Si.", Completeness.WHOLE),
        ("**COMPLETA:** en parte", Completeness.PART),
        ("COMPLETA: no", Completeness.NONE),
        ("", Completeness.UNSAID),
    ],
)
def test_it_says_how_complete_it_is(end: str, completeness: Completeness) -> None:
    sentences, said = read(f"La A hace X [1].\n{end}")
    assert said is completeness
    assert [s.text for s in sentences] == ["La A hace X"]


def test_json_is_read_in_a_fence_or_not_and_cut_off() -> None:
    reply = {
        "oraciones": [
            {"texto": 'La A «hace» "X" [1].', "pasajes": [1]},
            {"texto": "La B hace Y.", "pasajes": ["2", 3]},
        ],
        "completa": "en parte",
    }
    text = json.dumps(reply, ensure_ascii=False)
    wanted = [('La A «hace» "X"', (1,)), ("La B hace Y", (2, 3))]
    for form in (text, f"```json\n{text}\n```", json.dumps(reply, indent=2)):
        sentences, said = read(form)
        assert [(s.text, s.passages) for s in sentences] == wanted
        assert said is Completeness.PART
    cut, _ = read(text[: text.index("La B")])
    assert [s.text for s in cut] == [wanted[0][0]]


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[3.2, p. 47]", (1,)),
        ("[3.2]", (1, 2)),
        ("(3.2, p. 48)", (2,)),
        ("[sección vii.d]", (3,)),
        ("[§ 3.2, p. 47][2]", (1, 2)),
        ("[3]", (3,)),
        ("[5]", (4,)),
        ("[9.9, p. 1]", (NOT_GIVEN,)),
        ("[3.2, p. 99]", (NOT_GIVEN,)),
    ],
)
def test_a_passage_may_be_named_by_its_place(mark: str, numbers: tuple[int, ...]) -> None:
    places = [("3.2", 47), ("3.2", 48), ("VII.D", 9), ("5", 59)]
    given = numbered_passages(
        [
            Citation(manual="MO-X-01", section=section, title="T", page=page, quote="…")
            for section, page in places
        ]
    )
    reader = ReplyReader(given)
    (sentence,) = [*reader.feed(f"La A (3) hace X {mark}."), *reader.finish()]
    assert sentence == Sentence("La A (3) hace X", numbers)


def test_a_sentence_is_given_as_soon_as_it_is_whole() -> None:
    reader = ReplyReader()
    assert reader.feed("La A hace X [1].") == []
    assert [s.text for s in reader.feed("\nLa B")] == ["La A hace X"]


@given(st.text(max_size=300), st.integers(1, 20))
def test_whatever_comes_is_read_without_an_error(text: str, piece: int) -> None:
    sentences, _ = read(text, piece)
    assert all(any(c.isalpha() for c in s.text) for s in sentences)


_SAID = st.sampled_from(["La A hace X", "Revisa los planes (2.1) de obra", "También cuida Y"])


@given(st.lists(st.tuples(_SAID, st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True))))
def test_what_keeps_to_the_form_is_read_back_whole(
    written: list[tuple[str, list[int]]],
) -> None:
    text = " ".join(f"{said} {''.join(f'[{n}]' for n in marks)}." for said, marks in written)
    assert [(s.text, list(s.passages)) for s in read(text, 9)[0]] == written
