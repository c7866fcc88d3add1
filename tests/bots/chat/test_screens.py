"""A citizen's, an employee's and staff's way through the screens, without Telegram."""

from collections.abc import Iterator

import pytest

from assistant.answering.answer import Answer, AnswerKind
from assistant.answering.blocks import paragraphs
from assistant.asking.core import Assistant
from bots.chat.screens import (
    AnswerScreen,
    AnyScreen,
    ChoiceScreen,
    ComplaintScreen,
    InductionScreen,
    PassageScreen,
    QuizScreen,
    SectionScreen,
    WelcomeScreen,
    read_screen,
    write_screen,
)
from bots.chat.spans import length, text
from bots.chat.turning import (
    Ask,
    AskForComment,
    Follow,
    Plain,
    Rate,
    Replace,
    SendPack,
    ShowChart,
    Step,
    Tap,
    turned,
)
from bots.chat.view import Button, Verb, View
from bots.telegram.markup import LONGEST_MESSAGE, html
from bots.telegram.messenger import button_data, read_button
from tests.bots.conftest import Look


@pytest.fixture(scope="session")
def juntas(librarian: Assistant) -> AnswerScreen:
    return AnswerScreen(answer=librarian.ask("¿quién ve lo de las juntas vecinales?"))


def buttons(view: View) -> Iterator[Button]:
    return (button for row in view.rows for button in row)


def press(screen: AnyScreen, view: View, label: str) -> Step:
    """Press the first button whose label begins so."""
    found = next(b for b in buttons(view) if b.label.startswith(label))
    return turned(screen, Tap(found.verb, found.at))


def shown(step: Step) -> AnyScreen:
    assert isinstance(step, Replace | Follow)
    return step.screen


def test_a_citizen_opens_a_passage_reads_on_and_comes_back(
    juntas: AnswerScreen, look: Look
) -> None:
    answer = look(juntas)
    assert "De eso se encarga la Coordinación de Mesas Directivas" in text(answer.lines)
    passage = shown(press(juntas, answer, "§ 3.2, p. 47"))
    view = look(passage)
    assert "función 3 de 6" in text(view.lines)
    assert "<b>Estar presente y activo en la conformación de juntas vecinales" in html(view.lines)
    following = shown(press(passage, view, "Siguiente"))
    assert "función 4 de 6" in text(look(following).lines)
    assert "función 3 de 6" in text(look(shown(press(following, look(following), "‹"))).lines)
    assert shown(press(following, look(following), "↩")) == juntas


def test_from_a_passage_to_its_whole_section_and_back(juntas: AnswerScreen, look: Look) -> None:
    passage = shown(press(juntas, look(juntas), "§ 3.2, p. 47"))
    whole = shown(press(passage, look(passage), "Toda la sección"))
    told = text(look(whole).lines)
    assert told.startswith("§ 3.2 Coordinación de Mesas Directivas y Juntas Vecinales")
    assert "Objetivo: Coordinar la estrategia" in told
    assert "6. Difundir las convocatorias" in told
    assert "DESCRIPCION DE LA FUNCION" not in told  # what the form prints on every sheet
    assert shown(press(whole, look(whole), "↩")) == juntas


def test_what_to_ask_next_and_what_was_thought_of_it(juntas: AnswerScreen, look: Look) -> None:
    view = look(juntas)
    assert press(juntas, view, "¿Cuáles son") == Ask(juntas.answer.suggestions[0])
    good = press(juntas, view, "👍")
    assert isinstance(good, Rate)
    assert good.answer_id == juntas.answer.answer_id
    rated = look(juntas.model_copy(update={"rated": True}))
    assert not {"👍", "👎"} & {b.label for b in buttons(rated)}


def test_readings_are_told_apart_on_their_buttons(librarian: Assistant, look: Look) -> None:
    asked = librarian.ask("¿cuáles son las funciones del director?", manual="MO-SIG-01")
    screen = AnswerScreen(answer=asked)
    view = look(screen)
    labels = [b.label for b in buttons(view)]
    assert labels[:2] == ["Gobierno Digital (2.1)", "Soporte e Infraestructura (2.2)"]
    assert press(screen, view, "Gobierno Digital") == Ask(asked.suggestions[0])


def test_a_refusal_cites_nothing_and_can_be_rated(librarian: Assistant, look: Look) -> None:
    screen = AnswerScreen(answer=librarian.ask("¿cuánto cuesta el pasaporte?", manual="MO-SIG-01"))
    assert screen.answer.kind is AnswerKind.ABSTAIN
    labels = [b.label for b in buttons(look(screen))]
    assert not any(label.startswith("§") for label in labels)
    assert labels[-2:] == ["👍", "👎"]


def test_every_section_of_both_manuals_can_be_read(librarian: Assistant, look: Look) -> None:
    """Page by page, each short enough, and all that is printed in it is there."""
    for opened in librarian.library.manuals():
        manual = opened.knowledge.manual
        for section in manual.sections:
            screen, read = SectionScreen(manual=manual.code, section=section.number), ""
            while True:
                view = look(screen)
                assert 0 < length(text(view.lines)) <= LONGEST_MESSAGE
                read += text(view.lines)
                following = [b for b in buttons(view) if b.label == "Siguiente ›"]
                if not following:
                    break
                screen = screen.model_copy(update={"page": following[0].at})
            position = manual.position(section.number)
            for function in position.functions if position else ():
                assert "".join(function.text.split()) in "".join(read.split())


def test_every_citation_opens_where_it_is_quoted(librarian: Assistant, look: Look) -> None:
    questions = (
        "¿cuáles son las funciones de la Jefatura de Geomática?",
        "¿quién firma el manual?",
        "¿qué leyes federales hay?",
        "¿cuál es la misión?",
        "¿a quién le reporta la Coordinación de Geomática?",
    )
    for question in questions:
        screen = AnswerScreen(answer=librarian.ask(question, manual="MO-SIG-01"))
        places = [b for b in buttons(look(screen)) if b.verb is Verb.PASSAGE]
        assert places, question
        for place in places:
            opened = look(shown(turned(screen, Tap(place.verb, place.at))))
            assert "<b>" in html(opened.lines[2:]), (question, place.label)


def test_a_newcomer_goes_through_the_induction_and_the_self_check(look: Look) -> None:
    screen: AnyScreen = InductionScreen(manual="MO-SIG-01", position="2.1.5.1")
    read = []
    while True:
        view = look(screen)
        read.append(text(view.lines))
        if not any(b.label == "Siguiente ›" for b in buttons(view)):
            break
        screen = shown(press(screen, view, "Siguiente"))
    assert read[0].endswith(f"1 de {len(read)}")
    assert any("Usted le reporta a la Dirección de Gobierno Digital (2.1)" in step for step in read)
    assert press(screen, view, "La inducción en PDF") == SendPack("MO-SIG-01", "2.1.5.1")
    screen = shown(press(screen, view, "Comprobar"))
    verdicts = []
    for _ in range(5):
        screen = shown(press(screen, look(screen), "B"))
        view = look(screen)
        verdicts.append("Correcto." in text(view.lines))
        if any(b.label.startswith("Siguiente pregunta") for b in buttons(view)):
            screen = shown(press(screen, view, "Siguiente pregunta"))
    assert text(view.lines).endswith(f"Acertó {sum(verdicts)} de 5.")
    again = shown(press(screen, view, "Repetir"))
    assert again == QuizScreen(manual="MO-SIG-01", position="2.1.5.1")


def test_an_answered_question_takes_no_second_answer(look: Look) -> None:
    open_question = QuizScreen(manual="MO-SIG-01", position="2.1.5.1")
    answered = shown(turned(open_question, Tap(Verb.OPTION, 0)))
    assert turned(answered, Tap(Verb.OPTION, 1)) is Plain.NOTHING
    assert turned(open_question, Tap(Verb.QUIZ, 0)) is Plain.NOTHING
    assert not any(b.verb is Verb.OPTION for b in buttons(look(answered)))


def test_every_position_of_both_manuals_has_an_induction(librarian: Assistant, look: Look) -> None:
    for opened in librarian.library.manuals():
        for position in opened.knowledge.manual.positions:
            code = opened.record.code
            view = look(InductionScreen(manual=code, position=position.number, step=999))
            assert any(b.verb is Verb.PDF for b in buttons(view))
            question = look(QuizScreen(manual=code, position=position.number))
            assert len(list(buttons(question))) >= 2


def test_a_sheet_leads_to_its_chart_and_its_induction(look: Look) -> None:
    sheet = SectionScreen(manual="MO-SIG-01", section="2.1")
    view = look(sheet)
    assert press(sheet, view, "Organigrama") == ShowChart("MO-SIG-01", "2.1")
    first = InductionScreen(manual="MO-SIG-01", position="2.1")
    assert press(sheet, view, "Inducción") == Follow(first, closes=False)


def test_what_was_wrong_is_chosen_or_written(look: Look) -> None:
    screen = ComplaintScreen(answer_id="abc")
    view = look(screen)
    reason = press(screen, view, "Dice algo equivocado")
    assert isinstance(reason, Rate)
    assert reason.comment == "Dice algo equivocado"
    assert press(screen, view, "Otra cosa") == AskForComment("abc")


@pytest.mark.parametrize("verb", list(Verb))
@pytest.mark.parametrize("at", [0, 7, 9999])
def test_no_button_that_a_screen_has_not_does_anything_odd(
    verb: Verb, at: int, juntas: AnswerScreen, look: Look
) -> None:
    """Whoever sends made-up data gets a screen that can be shown, or nothing."""
    screens: tuple[AnyScreen, ...] = (
        juntas,
        PassageScreen(manual="MO-SIG-01", section="3.2", page=47, back=juntas),
        SectionScreen(manual="MO-SIG-01", section="3.2"),
        WelcomeScreen(examples=("¿Cuál es la misión?",)),
        InductionScreen(manual="MO-SIG-01", position="2.1.5.1"),
        QuizScreen(manual="MO-SIG-01", position="2.1.5.1", question=4, chosen=(0, 0, 0, 0, 0)),
        ComplaintScreen(answer_id="abc"),
    )
    for screen in screens:
        step = turned(screen, Tap(verb, at))
        if isinstance(step, Replace | Follow):
            assert text(look(step.screen).lines)


def test_a_screen_is_the_same_after_it_was_kept(juntas: AnswerScreen) -> None:
    screens: tuple[AnyScreen, ...] = (
        juntas,
        PassageScreen(manual="M", section="3", page=1, quotes=("«a»",), back=juntas),
        QuizScreen(manual="M", position="1", question=2, chosen=(1, 0)),
    )
    assert [read_screen(write_screen(each)) for each in screens] == list(screens)


def test_a_button_carries_little_and_is_read_back() -> None:
    data = button_data("abcdefghijkl", Verb.PASSAGE, 1234)
    assert len(data.encode()) <= 64
    assert read_button(data) == ("abcdefghijkl", Tap(Verb.PASSAGE, 1234))
    for odd in (None, "", "abc", "abc:?:1", "abc:c:-1", "abc:c:x", "abc:c"):
        assert read_button(odd)[1] is None


def test_a_page_that_is_no_more_shows_the_last_one(juntas: AnswerScreen, look: Look) -> None:
    long = {"blocks": paragraphs("palabra " * 2000)}
    answer: Answer = juntas.answer.model_copy(update=long)
    screen = AnswerScreen(answer=answer, page=0)
    count = sum(b.label.startswith("1 de") for b in buttons(look(screen)))
    assert count == 1
    assert text(look(screen.model_copy(update={"page": 99})).lines)


def test_choices_lead_where_they_were_asked_for(look: Look) -> None:
    from bots.chat.screens import Option, Purpose

    option = Option(manual="MO-SIG-01", section="2.1", label="2.1 Dirección de Gobierno Digital")
    for purpose, step in (
        (Purpose.SHEET, Replace(SectionScreen(manual="MO-SIG-01", section="2.1"))),
        (Purpose.CHART, ShowChart("MO-SIG-01", "2.1")),
        (Purpose.INDUCTION, Replace(InductionScreen(manual="MO-SIG-01", position="2.1"))),
    ):
        screen = ChoiceScreen(purpose=purpose, lead="¿Cuál?", options=(option,))
        assert press(screen, look(screen), "2.1") == step
