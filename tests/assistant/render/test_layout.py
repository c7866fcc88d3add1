"""An answer typeset: what answers first, quotes apart, what is long folded."""

from assistant.answering.answer import Answer, AnswerKind, Citation, Reason
from assistant.answering.blocks import (
    Block,
    Choice,
    Choices,
    Contact,
    LeadQuestion,
    Place,
    contradiction,
    item,
    paragraph,
    quote,
    quoted,
    stacked,
)
from assistant.render.inline import Said
from assistant.render.layout import Layout, laid_out


def cited(section: str, page: int, quote: str) -> Citation:
    return Citation(manual="MO-1", section=section, title="Una", page=page, quote=quote)


def of(
    *blocks: Block,
    citations: tuple[Citation, ...] = (),
    kind: AnswerKind = AnswerKind.ANSWER,
    reason: Reason | None = None,
    suggestions: tuple[str, ...] = (),
    text: str = "",
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
            blocks=stacked(blocks),
        )
    )


def kinds(layout: Layout) -> list[str]:
    return [element.kind for part in layout.parts for element in part.elements]


TREES = cited("3.2", 47, "Cuidar los árboles del parque")
PARKS = cited("3.2", 47, "Regar el pasto verde bien")
FIRST, SECOND = Place((0,)), Place((1,))


def test_what_answers_stands_first_and_the_quote_apart_with_one_citation() -> None:
    told = paragraph(
        "De eso se encarga la Una (3.2): ",
        quoted(TREES.quote, FIRST),
        ". También ",
        quoted(PARKS.quote, SECOND),
        ".",
    )
    lead, quotes = of(told, citations=(TREES, PARKS)).parts[0].elements
    assert (lead.kind, lead.parts) == ("lead", ("De eso se encarga la Una (3.2)",))
    assert quotes.words == (
        Said("«Cuidar los árboles del parque»"),
        Said("«Regar el pasto verde bien»"),
    )
    assert [chip.citations for chip in quotes.chips] == [(TREES, PARKS)]


def test_no_full_stop_stands_alone_after_a_mark() -> None:
    told = paragraph("La Una (1) le reporta a la Otra (2) ", FIRST, ".")
    (lead,) = of(told, citations=(TREES,)).parts[0].elements
    assert lead.parts[0] == "La Una (1) le reporta a la Otra (2) "
    assert len(lead.parts) == 2


def test_a_yes_stands_alone_before_the_why() -> None:
    layout = of(paragraph("Sí, pero no directamente. La Una (1) le reporta a la Otra (2)."))
    lead, why = layout.parts[0].elements
    assert lead.parts == ("Sí, pero no directamente.",)
    assert (why.kind, why.parts) == ("text", ("La Una (1) le reporta a la Otra (2).",))


def test_a_name_in_quotation_marks_stays_in_its_sentence() -> None:
    name = cited("1", 3, "Reporta a: Otra Otra")
    written = quote("Otra Otra", FIRST)
    told = paragraph("Le reporta a la Otra (su cédula lo escribe ", written, ") ", FIRST, ".")
    assert kinds(of(told, citations=(name,))) == ["lead"]


def test_those_who_also_mention_it_are_folded_with_their_name() -> None:
    layout = of(
        paragraph("De eso se encarga la Una (3.2)."),
        paragraph("También lo mencionan:"),
        item("la Otra (4): ", quoted(TREES.quote, FIRST)),
        item("la Tercera (5): nada"),
        citations=(TREES,),
    )
    _, folded = layout.parts[0].elements
    assert (folded.summary, folded.shown) == ("También lo mencionan", 0)
    assert [each.head for each in folded.items] == ["La Otra (4)", ""]


def numbered(count: int) -> list[Block]:
    return [item(f"Función {n}", number=n) for n in range(1, count + 1)]


def test_of_a_long_list_the_first_are_shown() -> None:
    numbers = of(paragraph("Tiene 14 funciones:"), *numbered(14)).parts[0].elements[1]
    assert (numbers.kind, numbers.shown, len(numbers.items)) == ("numbers", 6, 14)
    short = of(paragraph("Tiene dos:"), item("una"), item("otra")).parts[0].elements[1]
    assert (short.kind, short.shown) == ("bullets", 2)


def test_a_list_that_stands_in_one_place_is_cited_once() -> None:
    items = item("uno ", FIRST), item("dos ", FIRST)
    listed = of(paragraph("Son:"), *items, citations=(TREES,)).parts[0].elements[1]
    assert [chip.label for chip in listed.chips] == ["§ 3.2 · p. 47"]
    assert [each.parts for each in listed.items] == [("uno ",), ("dos ",)]


def test_the_citation_of_a_long_list_is_not_folded_away() -> None:
    last = item("Función 15 ", FIRST, number=15)
    listed = of(paragraph("Tiene 15:"), *numbered(14), last, citations=(TREES,))
    assert [chip.label for chip in listed.parts[0].elements[1].chips] == ["§ 3.2 · p. 47"]


def test_each_question_of_a_message_has_its_part() -> None:
    layout = of(
        LeadQuestion("¿Quién?"),
        paragraph("La Una (1)."),
        LeadQuestion("¿Y cuándo?"),
        paragraph("No lo dice."),
    )
    assert [part.question for part in layout.parts] == ["¿Quién?", "¿Y cuándo?"]
    assert kinds(layout) == ["lead", "lead"]


def test_a_contradiction_is_a_note() -> None:
    layout = of(paragraph("Le reporta a la Una (1)."), contradiction("dice otra cosa."))
    assert kinds(layout) == ["lead", "note"]
    assert layout.parts[0].elements[1].parts == ("El manual se contradice: dice otra cosa.",)


def test_whom_the_office_sends_people_to_is_a_contact() -> None:
    layout = of(paragraph("No lo dice."), Contact("Llame al 911."), kind=AnswerKind.ABSTAIN)
    assert kinds(layout) == ["text", "contact"]


def test_what_is_not_sure_is_not_set_as_if_it_were() -> None:
    for kind, reason in (
        (AnswerKind.ANSWER, Reason.NEAREST),
        (AnswerKind.CLARIFY, Reason.AMBIGUOUS),
        (AnswerKind.ABSTAIN, Reason.NOT_IN_MANUAL),
    ):
        assert "lead" not in kinds(of(paragraph("Quizá la Una (1)."), kind=kind, reason=reason))


READINGS = (
    Choice("Jefatura (1.1)", "¿Y la 1.1?", "en la Una"),
    Choice("Jefatura (2.1)", "¿Y la 2.1?", "en la Otra"),
)
ASKED = paragraph("Hay 2. ¿A cuál se refiere?")


def test_readings_are_cards_that_say_what_tells_them_apart() -> None:
    questions = ("¿Y la 1.1?", "¿Y la 2.1?")
    layout = of(ASKED, Choices(READINGS), kind=AnswerKind.CLARIFY, suggestions=questions)
    assert kinds(layout) == ["text"]
    assert [(c.title, c.detail, c.question) for c in layout.cards] == [
        ("Jefatura (1.1)", "En la Una", "¿Y la 1.1?"),
        ("Jefatura (2.1)", "En la Otra", "¿Y la 2.1?"),
    ]


def test_readings_beside_an_answer_are_a_list() -> None:
    layout = of(paragraph("Sí."), ASKED, Choices(READINGS))
    assert kinds(layout) == ["lead", "bullets"]
    assert layout.cards == ()


def test_what_comes_near_is_cards_with_the_area_its_words_and_where_they_stand() -> None:
    near = Choice("La Una (3.2)", "¿Y la 3.2?", parts=quoted(TREES.quote, FIRST))
    layout = of(
        paragraph("No estoy seguro:"),
        Choices((near,)),
        citations=(TREES,),
        kind=AnswerKind.CLARIFY,
        reason=Reason.NEAREST,
        suggestions=("¿Y la 3.2?",),
    )
    (card,) = layout.cards
    assert (card.title, card.detail) == ("La Una (3.2)", "")
    assert card.quote == "«Cuidar los árboles del parque»"
    assert [chip.label for chip in card.chips] == ["§ 3.2 · p. 47"]


def test_every_quote_of_the_text_is_still_there() -> None:
    told = paragraph("Uno ", quote(TREES.quote, FIRST), " y «corto» ", FIRST, "; fin.")
    layout = of(told, citations=(TREES,))
    assert "«Cuidar los árboles del parque»" in str(layout)
    assert "fin." in str(layout)


def test_an_answer_that_was_kept_without_blocks_is_shown_as_text() -> None:
    layout = of(text="Sí [1, p. 2].\nLe reporta a la Una.")
    assert kinds(layout) == ["lead", "text"]
