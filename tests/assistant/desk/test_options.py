"""What may answer a question is found for the office to choose from."""

import pytest

from assistant.answering.answer import Citation
from assistant.desk.options import cited_options, found_options, read_option
from corpus.model import Manual


def test_the_function_with_most_of_the_words_comes_first(tiny_manual: Manual) -> None:
    first = found_options(tiny_manual, "¿quién custodia las actas?")[0]
    assert (first.section, first.function) == ("1.1", 2)
    assert read_option(first.value) == ("1.1", 2)
    assert found_options(tiny_manual, "¿y?") == []
    assert found_options(tiny_manual, "helados de limón") == []


def test_what_is_cited_is_offered(tiny_manual: Manual) -> None:
    cited = [
        Citation(manual="MO-MINI-01", section="1.1", title="", page=1, function=1, quote=""),
        Citation(manual="MO-OTRO", section="1.1", title="", page=1, function=2, quote=""),
        Citation(manual="MO-MINI-01", section="X", title="", page=1, quote=""),
    ]
    offered = cited_options(tiny_manual, cited)
    assert [(o.section, o.function) for o in offered] == [("1.1", 1), ("X", None)]
    assert read_option(offered[1].value) == ("X", None)


@pytest.mark.parametrize("sent", ["", "#3", "no_lo_dice", "1.1#tres"])
def test_what_a_form_can_not_say_is_refused(sent: str) -> None:
    with pytest.raises(ValueError, match=r"no place|invalid"):
        read_option(sent)
