"""The generator of made-up manuals keeps its word: what the truth says stands in the text."""

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.generated.vocabulary import Theme, common, dependencies
from evals.generated_manuals import (
    GeneratedManual,
    Kind,
    dependency_keys,
    generate,
    main,
    questions,
)
from evals.gold import GoldQuestion

_PAGE = re.compile(r"PÁGINA:\t(\d+) de (\d+)")
_BREAK = re.compile(r"(?:[^\S\n]*\n){4,}")
"""The end of a line and three or more lines of nothing but white space."""
_WORD = re.compile(r"\w{5,}")
_GOLD_FIELDS = set(GoldQuestion.model_fields) - {"history", "reason", "starts"}


def collapsed(text: str) -> str:
    """White space collapsed, marks of the source taken away."""
    return " ".join(re.sub(r"</?p>|\*+", "", text).split())


def pages_of(manual: GeneratedManual) -> dict[int, str]:
    """The text of each page, found from page breaks and headers alone; the cover is page 1."""
    cover, index = manual.text.split("ÍNDICE", 1)
    header = cover[cover.rindex("MANUAL DE ORGANIZACIÓN") :]
    runs = _BREAK.split(header + "ÍNDICE" + index)
    return dict(enumerate(runs, 2))


@pytest.fixture(scope="module", params=[(1, 8), (2, 25), (3, 60), (4, 400)], ids=str)
def manual(request: pytest.FixtureRequest) -> GeneratedManual:
    seed, positions = request.param
    return generate(seed, positions)


def test_same_seed_same_manual() -> None:
    assert generate(5, 30) == generate(5, 30)
    assert generate(5, 30).text != generate(6, 30).text


def test_same_manual_in_another_process(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "evals.generated_manuals", "--seed", "9", "--positions", "15"]
    root = Path(__file__).parents[2]
    subprocess.run([*command, "--out", str(tmp_path)], check=True, cwd=root, capture_output=True)
    manual = generate(9, 15)
    assert (tmp_path / f"{manual.truth.code}.txt").read_text("utf-8") == manual.text


def test_as_many_sheets_as_asked_for(manual: GeneratedManual) -> None:
    assert len(manual.truth.positions) in {8, 25, 60, 400}
    numbers = [p.number for p in manual.truth.positions]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("key", dependency_keys())
def test_every_dependency_from_8_to_400(key: str) -> None:
    for size in (8, 400):
        truth = generate(11, size, dependency_key=key).truth
        assert (truth.dependency_key, len(truth.positions)) == (key, size)


def test_sizes_out_of_reach_are_refused() -> None:
    with pytest.raises(ValueError, match="positions"):
        generate(1, 100_000)


def test_printed_page_numbers_agree_with_page_breaks(manual: GeneratedManual) -> None:
    pages = pages_of(manual)
    assert len(pages) + 1 == manual.truth.total_pages
    for number, text in pages.items():
        printed = _PAGE.findall(text)
        expected = [(str(number), str(manual.truth.total_pages))]
        has_header = manual.truth.pages[number - 1].header != "none"
        assert printed == (expected if has_header else [])


def test_every_function_stands_on_its_page(manual: GeneratedManual) -> None:
    pages = {n: collapsed(text) for n, text in pages_of(manual).items()}
    for position in manual.truth.positions:
        assert [f.number for f in position.functions] == list(range(1, len(position.functions) + 1))
        for function in position.functions:
            assert f"{function.number} {function.text}" in pages[function.page]


def test_every_field_stands_on_its_page(manual: GeneratedManual) -> None:
    pages = {n: collapsed(text) for n, text in pages_of(manual).items()}
    for p in manual.truth.positions:
        page = pages[p.page]
        assert re.search(rf"(?<!\S){re.escape(p.number)}\.? {re.escape(p.title)}", page)
        assert f"Puesto funcional: {p.functional_title.text} Fecha" in page
        assert f"Puesto al que le reporta: {p.reports_to.text} Puestos" in page
        assert f"Puestos que le reportan: {p.direct_reports_printed.text} Objetivo" in page
        assert f"{p.objective.text} Valor que aporta" in page
        assert f"reporta: {p.value.text} Tipo de Puesto {p.type.text} Funciones" in page
        for report in p.direct_reports:
            assert report.printed in p.direct_reports_printed.text


def test_lists_stand_on_their_pages(manual: GeneratedManual) -> None:
    pages, truth = {n: collapsed(t) for n, t in pages_of(manual).items()}, manual.truth
    for line in (*truth.structure, *truth.chart_headings):
        assert re.search(rf"{re.escape(line.number)}\.? {re.escape(line.title)}", pages[line.page])
    for law in truth.legal:
        assert f"- {law.text}" in pages[law.page]
    for entry in truth.index:
        assert f"{entry.title} {entry.printed_page}" in pages[2]
        shown = entry.title.replace("DEL ORGANIZACIÓN", "DE ORGANIZACIÓN")
        assert shown in pages[entry.actual_page]
    for officer in truth.officers:
        assert f"{officer.name} {officer.office}" in pages[officer.page]
    for change in truth.changes:
        assert f"{change.version} {change.date} {change.reason}" in pages[change.page]


def test_paragraphs_stand_in_the_text(manual: GeneratedManual) -> None:
    pages = {n: collapsed(t) for n, t in pages_of(manual).items()}
    for section in manual.truth.sections:
        for paragraph in section.paragraphs:
            start = paragraph.text[:60] if section.last_page == paragraph.page else ""
            assert start in pages[paragraph.page]


def test_a_consistent_manual_has_no_contradictions() -> None:
    truth = generate(21, 60, contradictions=()).truth
    assert truth.contradictions == ()
    by_number = {p.number: p for p in truth.positions}
    assert [(x.number, x.title) for x in truth.structure] == [
        (p.number, p.title) for p in truth.positions
    ]
    for p in truth.positions:
        assert all(by_number[r.number].boss == p.number for r in p.direct_reports if r.number)
        boss = by_number[p.boss] if p.boss else None
        assert boss is None or p.number in [r.number for r in boss.direct_reports]
        assert len({f.text for f in p.functions}) == len(p.functions)
    assert all(entry.printed_page == entry.actual_page for entry in truth.index)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(("seed", "size"), [(31, 8), (32, 20), (33, 70)])
def test_each_contradiction_is_in_the_text(kind: Kind, seed: int, size: int) -> None:
    manual = generate(seed, size, [kind])
    (found,) = manual.truth.contradictions
    assert found.kind is kind
    text = collapsed(manual.text)
    assert all(wording in text for wording in found.printed)
    known = {p.number for p in manual.truth.positions} | {s.number for s in manual.truth.sections}
    assert set(found.sections) <= known


def test_all_contradictions_together() -> None:
    truth = generate(41, 80, list(Kind) * 2).truth
    assert Counter(c.kind for c in truth.contradictions) == dict.fromkeys(Kind, 2)


@pytest.mark.parametrize("seed", range(51, 55))
def test_contradictions_are_what_they_say(seed: int) -> None:
    truth = generate(seed, 60, list(Kind)).truth
    listed = {(x.number, x.title) for x in truth.structure}
    titles = {p.title for p in truth.positions}
    of = {c.kind: c for c in truth.contradictions}

    wrong = truth.position(of[Kind.NUMBERING_MISMATCH].sections[1])
    assert wrong.list_number != wrong.number
    assert (wrong.list_number, wrong.title) in listed
    hidden = truth.position(of[Kind.SHEET_NOT_LISTED].sections[0])
    assert hidden.title not in {title for number, title in listed if number == hidden.number}
    boss, child = (truth.position(n) for n in of[Kind.OMITTED_CHILD].sections)
    assert child.boss == boss.number
    assert child.title not in [r.name for r in boss.direct_reports]
    boss, child = (truth.position(n) for n in of[Kind.CLAIMED_CHILD].sections)
    assert child.boss != boss.number
    assert child.title in [r.name for r in boss.direct_reports]
    orphan = truth.position(of[Kind.REPORTS_TO_WITHOUT_SHEET].sections[0])
    assert orphan.reports_to.text not in titles
    texts = [f.text for f in truth.position(of[Kind.DUPLICATE_FUNCTION].sections[0]).functions]
    assert len({t.rstrip(".;") for t in texts}) < len(texts)
    assert sum(x.printed_page != x.actual_page for x in truth.index) == 1


def test_the_layout_traps_turn_up() -> None:
    manuals = [generate(seed, 40) for seed in range(61, 73)]
    text = "\n".join(m.text for m in manuals)
    assert {page.header for m in manuals for page in m.truth.pages} == {
        "none",
        "code",
        "full",
        "logo",
    }
    for trap in (
        "<p>",
        "**",
        "\n\u00a0\n",
        "\n \n",
        "\t\tFecha: ",
        "\tFecha\t",
        " (a) ",
        "(a) de",
        "</p> <p>",
        "DESCRIPCIÓN DE LA FUNCIÓN",
        "No Aplica",
        "N/A",
        " , ",
        "- Ley ",
    ):
        assert trap in text, trap
    assert re.search(r"\n\d+\.\d+\. \w", text)
    assert re.search(r"\w  \w", text)
    cut = [s for m in manuals for s in m.truth.sections if s.number == "I" and s.last_page > s.page]
    assert any(s.paragraphs[-1].page < s.last_page for s in cut)


def test_the_traps_of_sheets_turn_up() -> None:
    manuals = [generate(seed, 40) for seed in range(61, 73)]
    positions = [p for m in manuals for p in m.truth.positions]
    functions = [f for p in positions for f in p.functions]
    assert any(p.last_page > p.page for p in positions)
    assert any(f.text[0].islower() for f in functions)
    assert {f.text[-1] for f in functions} >= {".", ";"}
    assert any(
        r.count and r.printed.startswith(str(r.count)) for p in positions for r in p.direct_reports
    )
    assert any(r.printed.endswith(")") and r.count for p in positions for r in p.direct_reports)
    assert any("," in p.title for p in positions)
    assert any(n > 1 for n in Counter(p.title for p in manuals[0].truth.positions).values())


def test_gold_lines_are_well_formed(manual: GeneratedManual) -> None:
    truth = manual.truth
    lines = questions(truth)
    assert len({line["id"] for line in lines}) == len(lines)
    known = {p.number for p in truth.positions} | {s.number for s in truth.sections} | {"X", "VIII"}
    for line in lines:
        assert set(line) - {"history"} == _GOLD_FIELDS
        assert line["expect"] in {"answer", "clarify", "abstain"}
        assert set(line["sections_any"]) | set(line["sections_all"]) <= known
        assert all(1 <= page <= truth.total_pages for page in line["pages"])
        if line["expect"] == "abstain":
            assert not line["sections_any"] + line["sections_all"] + line["facts"]
    assert {line["expect"] for line in lines} >= {"answer", "abstain"}


def test_gold_lines_cover_the_intents() -> None:
    intents = {line["intent"] for line in questions(generate(81, 50, contradictions=()).truth)}
    assert intents >= {
        "functions",
        "function_n",
        "reports_to",
        "direct_reports",
        "chain",
        "objective",
        "field",
        "count",
        "chapter",
        "legal",
        "compare",
        "followup",
        "ambiguous",
        "same_title",
        "by_number",
        "out_of_scope",
        "responsible",
        "officers",
        "document",
        "smalltalk",
    }


def test_topical_questions_are_answered_where_they_say() -> None:
    truth = generate(91, 60).truth
    said = {
        s.text: s for d in dependencies() for t in _all_themes(*d.directions) for s in t.functions
    }
    asked = [t for t in truth.topical if t.persona == "citizen"]
    assert len(asked) > 20
    for topical in asked:
        number, place = topical.answers[0]
        text = truth.position(number).functions[place - 1].text
        sources = [s for s in said.values() if topical.question in [a.text for a in s.asks]]
        assert not sources or any(s.text.lower() in text.lower() for s in sources)


@pytest.mark.parametrize("key", [*dependency_keys(), "common"])
def test_vocabulary_questions_do_not_copy_their_function(key: str) -> None:
    roots = next((d.directions for d in dependencies() if d.key == key), (common().liaison,))
    for theme in _all_themes(*roots):
        for function in theme.functions:
            for ask in function.asks:
                shared = _words(ask.text) & _words(function.text)
                assert len(shared) <= 1, (ask.text, shared)


@pytest.mark.parametrize("key", dependency_keys())
def test_vocabulary_is_distinctive(key: str) -> None:
    themes = list(_all_themes(*next(d.directions for d in dependencies() if d.key == key)))
    texts = [f.text for t in themes for f in t.functions]
    assert len(set(texts)) == len(texts)
    assert len({t.unit for t in themes}) == len(themes)
    asks = [a.text for t in themes for f in t.functions for a in f.asks]
    assert len(set(asks)) == len(asks) >= 20
    assert all(t.objective[-1:] in {".", ""} for t in themes)


def test_command_line_writes_three_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--seed", "7", "--positions", "12", "--out", str(tmp_path / "new")])
    text, truth, gold = (Path(line) for line in capsys.readouterr().out.split())
    assert text.read_text("utf-8").startswith("\n\n\n\nGobierno\n")
    assert len(json.loads(truth.read_text("utf-8"))["positions"]) == 12
    assert all(json.loads(line) for line in gold.read_text("utf-8").splitlines())


def _all_themes(*roots: Theme) -> Iterator[Theme]:
    for theme in roots:
        yield theme
        yield from _all_themes(*theme.subs)


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    return set(_WORD.findall(plain)) - {
        "quien",
        "donde",
        "cuando",
        "tengo",
        "puedo",
        "sobre",
        "contra",
    }
