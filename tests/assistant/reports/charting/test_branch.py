"""Which boxes hang where: whole charts, branches, circles, orphans, contradictions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.knowledge import Knowledge
from assistant.reports.charting import chart_json
from assistant.reports.charting.branch import Standing, branch_of, standing
from assistant.reports.charting.hierarchy import trees
from tests.assistant.reports.charting.conftest import Company

AN_EXTERNAL_BOSS = "Presidencia Municipal"


def outline(knowledge: Knowledge, around: str | None = None) -> list[str]:
    """The places of a chart, indented by depth; "~" marks a mere mention."""
    position = knowledge.manual.position(around) if around else None
    roots = trees(branch_of(knowledge.chart, position))
    return [
        f"{'.' * depth}{'~' if place.is_reference else ''}{place.node.id}"
        for root in roots
        for place, depth in root.walk()
    ]


def test_each_position_hangs_from_the_superior_that_its_own_sheet_names(company: Company) -> None:
    knowledge = company([None, 1, 1, 2], {1: [2, 3, 4]})
    assert outline(knowledge) == ["1", ".2", "..4", ".3", ".~4"]


def test_where_a_sheet_names_no_superior_another_sheet_is_believed(company: Company) -> None:
    assert outline(company([None, None], {1: [2]})) == ["1", ".2"]


def test_posts_without_a_sheet_come_after_the_sheets(company: Company) -> None:
    knowledge = company([AN_EXTERNAL_BOSS, 1], {1: ["3 Choferes", 2]})
    root = trees(branch_of(knowledge.chart))[0]
    told = [(p.node.title, p.node.count) for p, _ in root.walk()]
    assert told == [
        (AN_EXTERNAL_BOSS, None),
        ("Coordinación de Agua", None),
        ("Coordinación de Bosques", None),
        ("Choferes", 3),
    ]


def test_a_circle_is_cut_above_its_first_member_and_mentioned_where_it_closes(
    company: Company,
) -> None:
    assert outline(company([3, 1, 2, 3])) == ["1", ".2", "..3", "...4", "...~1"]


def test_orphans_and_several_roots_have_trees_of_their_own(company: Company) -> None:
    assert outline(company([None, None, 1, None])) == ["1", ".3", "2", "4"]


def test_a_branch_is_the_chain_up_and_all_below(company: Company) -> None:
    knowledge = company([None, 1, 2, 3, 3, 1], {3: ["Chofer"]})
    assert outline(knowledge, "3") == ["1", ".2", "..3", "...4", "...5", "...3/chofer"]


def test_a_branch_shows_both_sides_of_a_contradiction(company: Company) -> None:
    claimed_from_outside = company([None, 1, 1, 3], {2: [4]})
    assert outline(claimed_from_outside, "4") == ["1", ".2", "..~4", ".3", "..4"]
    assert outline(claimed_from_outside, "2") == ["1", ".2", "..~4", ".3", "..4"]


@pytest.mark.parametrize(
    ("bosses", "lists", "expected"),
    [
        ([None, 1], {1: [2]}, Standing.AGREED),
        ([None, 1], {}, Standing.AGREED),
        ([None, 1], {1: ["Chofer"]}, Standing.UNLISTED),
        ([None, None], {1: [2]}, Standing.CLAIMED),
        ([None, AN_EXTERNAL_BOSS], {1: [2]}, Standing.CLAIMED),
    ],
)
def test_the_ends_of_a_line_agree_or_not(
    company: Company, bosses: list[int | None], lists: dict[int, list[int]], expected: Standing
) -> None:
    chart = company(bosses, lists).chart
    line = next(each for each in chart.lines() if each.report.id == "2" and each.superior.id == "1")
    assert standing(line) is expected


def test_the_json_has_the_fields_of_the_contract(company: Company) -> None:
    record = chart_json(company([AN_EXTERNAL_BOSS, 1], {1: [2]}))
    assert set(record.model_dump()) == {"manual", "nodes", "edges"}
    assert record.nodes[0].model_dump() == {
        "id": "1",
        "section": "1",
        "title": "Coordinación de Agua",
        "external": False,
    }
    assert record.nodes[-1].section is None
    assert record.nodes[-1].external
    by_ends = {(e.superior, e.report): e for e in record.edges}
    both = by_ends["1", "2"].model_dump(mode="json")
    assert both["from"] == "1"
    assert both["to"] == "2"
    assert sorted(both["stated_by"]) == ["child", "parent"]
    assert set(both["evidence"][0]) == {"section", "page", "quote"}
    assert set(both) == {"from", "to", "stated_by", "evidence"}


def test_all_evidence_is_printed_on_its_page(real: Knowledge, made_up: Knowledge) -> None:
    for knowledge in (real, made_up):
        record = chart_json(knowledge)
        assert record.edges
        for edge in record.edges:
            assert edge.evidence
            for each in edge.evidence:
                section = knowledge.manual.section(each.section)
                assert section is not None
                assert each.quote in section.text_on(each.page)


def test_the_real_chart_is_whole(real: Knowledge) -> None:
    record = chart_json(real)
    assert [n.section for n in record.nodes if not n.external] == [
        p.number for p in real.manual.positions
    ]
    roots = trees(branch_of(real.chart))
    assert [root.node.title for root in roots] == ["Titular de la Administración Pública Municipal"]


@st.composite
def reporting_lines(
    draw: st.DrawFn,
) -> tuple[list[int | str | None], dict[int, list[int | str]]]:
    """Any reporting lines among up to twelve positions: circles, orphans, false claims."""
    count = draw(st.integers(1, 12))
    someone = st.integers(1, count)
    bosses = draw(
        st.lists(
            st.one_of(st.none(), someone, st.just(AN_EXTERNAL_BOSS)),
            min_size=count,
            max_size=count,
        )
    )
    entry = st.one_of(someone, st.sampled_from(["Chofer", "4 Auxiliares", "Asistente"]))
    lists = draw(
        st.dictionaries(someone, st.lists(entry, min_size=1, max_size=5, unique=True), max_size=6)
    )
    return bosses, lists


@given(reporting_lines())
@settings(max_examples=60, deadline=None)
def test_whatever_the_lines_each_box_hangs_once_and_each_line_is_told(
    company: Company,
    lines: tuple[list[int | str | None], dict[int, list[int | str]]],
) -> None:
    knowledge = company(*lines)
    for around in (None, *knowledge.manual.positions[:2]):
        branch = branch_of(knowledge.chart, around)
        places = [place for root in trees(branch) for place, _ in root.walk()]
        boxes = [p.node.id for p in places if not p.is_reference]
        assert sorted(boxes) == sorted(node.id for node in branch.nodes)
        told = [(p.line.superior.id, p.node.id) for p in places if p.line is not None]
        assert sorted(told) == sorted((ln.superior.id, ln.report.id) for ln in branch.lines)
        assert all(not p.children for p in places if p.is_reference)
        if around is not None:
            assert around.number in boxes
            chain = {line.superior.id for line in knowledge.chart.chain(around)}
            assert chain <= set(boxes)
