"""An answer typeset: what answers first, quotes apart, what is long folded."""

from assistant.answering.answer import Answer, AnswerKind, Citation, Reason
from assistant.render.answer_text import Said
from assistant.render.layout import Layout, laid_out


def cited(section: str, page: int, quote: str) -> Citation:
    return Citation(manual="MO-1", section=section, title="Una", page=page, quote=quote)


def of(
    text: str,
    *citations: Citation,
    kind: AnswerKind = AnswerKind.ANSWER,
    reason: Reason | None = None,
    suggestions: tuple[str, ...] = (),
) -> Layout:
    return laid_out(
        Answer(
            answer=text,
            kind=kind,
            reason=reason,
            citations=list(citations),
            suggestions=list(suggestions),
            conversation_id="c",
            answer_id="a",
        )
    )


def kinds(layout: Layout) -> list[str]:
    return [element.kind for part in layout.parts for element in part.elements]


TREES = cited("3.2", 47, "Cuidar los árboles del parque")
PARKS = cited("3.2", 47, "Regar el pasto verde bien")


def test_what_answers_stands_first_and_the_quote_apart_with_one_citation() -> None:
    layout = of(
        "De eso se encarga la Una (3.2): «Cuidar los árboles del parque» [3.2, p. 47]. "
        "También «Regar el pasto verde bien» [3.2, p. 47].",
        TREES,
        PARKS,
    )
    lead, quote = layout.parts[0].elements
    assert (lead.kind, lead.parts) == ("lead", ("De eso se encarga la Una (3.2)",))
    assert quote.words == (
        Said("«Cuidar los árboles del parque»"),
        Said("«Regar el pasto verde bien»"),
    )
    assert [chip.citations for chip in quote.chips] == [(TREES, PARKS)]


def test_no_full_stop_stands_alone_after_a_mark() -> None:
    (lead,) = of("La Una (1) le reporta a la Otra (2) [3.2, p. 47].", TREES).parts[0].elements
    assert lead.parts[0] == "La Una (1) le reporta a la Otra (2) "
    assert len(lead.parts) == 2


def test_a_yes_stands_alone_before_the_why() -> None:
    layout = of("Sí, pero no directamente. La Una (1) le reporta a la Otra (2).")
    lead, why = layout.parts[0].elements
    assert lead.parts == ("Sí, pero no directamente.",)
    assert (why.kind, why.parts) == ("text", ("La Una (1) le reporta a la Otra (2).",))


def test_a_name_in_quotation_marks_stays_in_its_sentence() -> None:
    name = cited("1", 3, "Reporta a: Otra")
    layout = of("Le reporta a la Otra (su cédula lo escribe «Otra Otra») [1, p. 3].", name)
    assert kinds(layout) == ["lead"]


def test_those_who_also_mention_it_are_folded_with_their_name() -> None:
    layout = of(
        "De eso se encarga la Una (3.2).\nTambién lo mencionan:\n"
        "- la Otra (4): «Cuidar los árboles del parque» [3.2, p. 47]\n- la Tercera (5): nada",
        TREES,
    )
    _, folded = layout.parts[0].elements
    assert (folded.summary, folded.shown) == ("También lo mencionan", 0)
    assert [item.head for item in folded.items] == ["La Otra (4)", ""]


def test_of_a_long_list_the_first_are_shown() -> None:
    rows = "\n".join(f"{n}. Función {n}" for n in range(1, 15))
    numbers = of(f"Tiene 14 funciones:\n{rows}").parts[0].elements[1]
    assert (numbers.shown, len(numbers.items)) == (6, 14)
    assert of("Tiene dos:\n- una\n- otra").parts[0].elements[1].shown == 2


def test_a_list_that_stands_in_one_place_is_cited_once() -> None:
    layout = of("Son:\n- uno [3.2, p. 47]\n- dos [3.2, p. 47]", TREES)
    listed = layout.parts[0].elements[1]
    assert [chip.label for chip in listed.chips] == ["§ 3.2 · p. 47"]
    assert [item.parts for item in listed.items] == [("uno ",), ("dos ",)]


def test_the_citation_of_a_long_list_is_not_folded_away() -> None:
    rows = "\n".join(f"{n}. Función {n}" for n in range(1, 15))
    listed = of(f"Tiene 14 funciones:\n{rows} [3.2, p. 47]", TREES).parts[0].elements[1]
    assert [chip.label for chip in listed.chips] == ["§ 3.2 · p. 47"]


def test_each_question_of_a_message_has_its_part() -> None:
    layout = of("— ¿Quién?\nLa Una (1).\n— ¿Y cuándo?\nNo lo dice.")
    assert [part.question for part in layout.parts] == ["¿Quién?", "¿Y cuándo?"]
    assert kinds(layout) == ["lead", "lead"]


def test_a_contradiction_is_a_note() -> None:
    layout = of("Le reporta a la Una (1).\nOjo, el manual se contradice: dice otra cosa.")
    assert kinds(layout) == ["lead", "note"]
    assert layout.parts[0].elements[1].parts == ("El manual se contradice: dice otra cosa.",)


def test_what_is_not_sure_is_not_set_as_if_it_were() -> None:
    for kind, reason in (
        (AnswerKind.ANSWER, Reason.NEAREST),
        (AnswerKind.CLARIFY, Reason.AMBIGUOUS),
        (AnswerKind.ABSTAIN, Reason.NOT_IN_MANUAL),
    ):
        assert "lead" not in kinds(of("Quizá la Una (1).", kind=kind, reason=reason))


def test_readings_are_cards_that_say_what_tells_them_apart() -> None:
    layout = of(
        "Hay 2. ¿A cuál se refiere?\n- Jefatura (1.1), en la Una\n- Jefatura (2.1), en la Otra",
        kind=AnswerKind.CLARIFY,
        suggestions=("¿Y la 1.1?", "¿Y la 2.1?"),
    )
    assert kinds(layout) == ["text"]
    assert [(c.title, c.detail, c.question) for c in layout.cards] == [
        ("Jefatura (1.1)", "En la Una", "¿Y la 1.1?"),
        ("Jefatura (2.1)", "En la Otra", "¿Y la 2.1?"),
    ]


def test_what_comes_near_is_cards_with_the_area_its_words_and_where_they_stand() -> None:
    layout = of(
        "No estoy seguro:\n- La Una (3.2): «Cuidar los árboles (altos), y el parque» [3.2, p. 47]",
        TREES,
        kind=AnswerKind.CLARIFY,
        reason=Reason.NEAREST,
        suggestions=("¿Y la 3.2?",),
    )
    (card,) = layout.cards
    assert (card.title, card.detail) == ("La Una (3.2)", "")
    assert card.quote == "«Cuidar los árboles (altos), y el parque»"
    assert [chip.label for chip in card.chips] == ["§ 3.2 · p. 47"]


def test_every_quote_of_the_text_is_still_there() -> None:
    layout = of("Uno «Cuidar los árboles del parque» y «corto» [3.2, p. 47]; fin.", TREES)
    assert "«Cuidar los árboles del parque»" in str(layout)
    assert "fin." in str(layout)
