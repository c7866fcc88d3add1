"""Boxes stand clear of each other, texts stand inside their boxes, lines end at their boxes."""

from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.knowledge import Knowledge
from assistant.reports.charting.boxes import PAD_X
from assistant.reports.charting.branch import branch_of
from assistant.reports.charting.connectors import Box
from assistant.reports.charting.hierarchy import Place, pictured
from assistant.reports.charting.layout import Layout, lay_out
from assistant.reports.charting.typography import Style, wrapped
from assistant.structure.orgchart import Line, Node
from evals.generated_manuals import generate

AROUND = (72.0, 120.0)


def sound(layout: Layout) -> None:
    """Fails where boxes overlap, a text is too wide, a line is loose, or something is outside."""
    for one, other in combinations(layout.boxes, 2):
        assert not overlap(one, other), (one.place.node.id, other.place.node.id)
    boxes = {box.place: box for box in layout.boxes}
    for box in layout.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= layout.width
        assert box.bottom <= layout.height
        for line in box.content.lines:
            assert PAD_X + line.style.width(line.text) <= box.width - PAD_X + 0.01
            assert line.baseline <= box.content.height
    assert len(layout.connectors) == sum(1 for p in boxes if p.line is not None)
    for connector in layout.connectors:
        box = boxes[connector.place]
        end = connector.points[-1]
        assert end in {(box.x, box.middle), (box.centre, box.y)}
        for (x, y), (next_x, next_y) in pairwise(connector.points):
            assert x == next_x or y == next_y, "a line is not orthogonal"


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes cover each other in part."""
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.bottom <= other.y or other.bottom <= one.y)


def crossed(layout: Layout) -> list[tuple[str, str]]:
    """Lines that run through a box that is not at either end of them, or along its edge."""
    found = []
    for connector in layout.connectors:
        line = connector.place.line
        ends = {connector.place.node.id, line.superior.id if line else ""}
        others = [box for box in layout.boxes if box.place.node.id not in ends]
        for (x, y), (to_x, to_y) in pairwise(connector.points):
            for box in others:
                beside = max(x, to_x) < box.x - 3 or min(x, to_x) > box.x + box.width + 3
                if not (beside or max(y, to_y) < box.y - 3 or min(y, to_y) > box.bottom + 3):
                    found.append((connector.place.node.id, box.place.node.id))
    return found


def test_every_chart_and_branch_of_the_real_manuals_is_sound(
    real: Knowledge, made_up: Knowledge
) -> None:
    for knowledge in (real, made_up):
        for around in (None, *knowledge.manual.positions):
            layout = lay_out(pictured(branch_of(knowledge.chart, around)), AROUND)
            sound(layout)
            assert crossed(layout) == []


def test_the_heads_of_branches_stand_side_by_side(real: Knowledge) -> None:
    boxes = {b.place.node.id: b for b in lay_out(pictured(branch_of(real.chart)), AROUND).boxes}
    heads = [boxes[number] for number in ("1.1", "2", "3", "4", "5")]
    assert len({head.y for head in heads}) == 1
    assert [head.x for head in heads] == sorted({head.x for head in heads})


def test_a_box_stays_with_the_one_whose_number_it_extends(real: Knowledge) -> None:
    """Their sheets say otherwise, but whoever looks for 2.1.5.1 looks by 2.1.5."""
    boxes = {b.place.node.id: b for b in lay_out(pictured(branch_of(real.chart)), AROUND).boxes}
    for number, extended in (("2.1.5", "2.1.5.1"), ("2.1.6", "2.1.6.1")):
        assert boxes[number].x == boxes[extended].x
        between = boxes[extended].y - boxes[number].bottom
        below = sum(b.height for b in boxes.values() if b.place.line is not None
                    and b.place.line.superior.id == number)  # fmt: skip
        assert between <= below + 40


@pytest.mark.parametrize(("seed", "positions"), [(7, 60), (3, 80)])
def test_charts_of_made_up_manuals_are_sound(
    parsed: Callable[[str], Knowledge], seed: int, positions: int
) -> None:
    knowledge = parsed(generate(seed, positions).text)
    for around in (None, *knowledge.manual.positions[:6]):
        layout = lay_out(pictured(branch_of(knowledge.chart, around)), AROUND)
        sound(layout)
        assert crossed(layout) == []


@st.composite
def forests(draw: st.DrawFn) -> list[Place]:
    """Any trees, with titles of any length; some boxes without a sheet."""
    count = draw(st.integers(1, 40))
    places: list[Place] = []
    roots: list[Place] = []
    for number in range(count):
        title = draw(st.text("aei mnM", min_size=1, max_size=90)) or "a"
        above = draw(st.one_of(st.none(), st.sampled_from(places))) if places else None
        node = Node(f"{number}", title)
        line = Line(above.node, node, ()) if above else None
        place = Place(node, line, line)
        places.append(place)
        (above.children if above else roots).append(place)
    return roots


@given(forests())
@settings(max_examples=60, deadline=None)
def test_whatever_the_trees_the_layout_is_sound(roots: list[Place]) -> None:
    layout = lay_out(roots, AROUND)
    count = sum(1 for root in roots for _ in root.walk())
    assert len(layout.boxes) == count
    sound(layout)
    assert crossed(layout) == []


def test_a_chain_of_five_hundred_is_laid_out() -> None:
    root = at = Place(Node("0", "Cima"), None, None)
    for number in range(1, 500):
        node = Node(str(number), "Eslabón")
        line = Line(at.node, node, ())
        below = Place(node, line, line)
        at.children.append(below)
        at = below
    assert len(lay_out([root], AROUND).boxes) == 500


def test_nothing_is_laid_out_as_nothing() -> None:
    assert lay_out([], AROUND).boxes == ()


@pytest.mark.parametrize("width", [20.0, 60.0, 140.0])
@given(text=st.text("abcMW ñé-", max_size=120))
def test_wrapped_lines_fit_and_lose_nothing(width: float, text: str) -> None:
    style = Style(10.0)
    lines = wrapped(text, style, width, 1000)
    assert all(style.width(line) <= width for line in lines)
    told, said = ("".join(c for c in t if c not in " -") for t in ("".join(lines), text))
    assert told == said


def test_what_does_not_fit_is_cut_with_an_ellipsis() -> None:
    lines = wrapped("palabra " * 50, Style(10.0), 100.0, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert Style(10.0).width(lines[-1]) <= 100.0


def test_lines_of_a_title_are_of_about_the_same_length() -> None:
    lines = wrapped("Coordinación Ciencia de Datos", Style(10.5, bold=True), 140.0, 6)
    assert lines == ["Coordinación", "Ciencia de Datos"]
