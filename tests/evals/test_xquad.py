"""Retrieval on a set in XQuAD's format."""

import json
from pathlib import Path

import pytest

from evals.metrics.figures import Metric
from evals.workbench import Workbench
from evals.xquad import WAYS, XquadError, examine_retrieval, read_xquad

PARAGRAPHS = {
    "El puerto de Veracruz fue fundado en 1519 por una expedición que venía de Cuba.": [
        "¿En qué año se fundó el puerto de Veracruz?"
    ],
    "La fotosíntesis convierte la luz solar en energía química dentro de las hojas.": [
        "¿Qué convierte la fotosíntesis en energía química?",
        "¿Dónde ocurre la fotosíntesis?",
    ],
    "El ajedrez se juega en un tablero de sesenta y cuatro casillas.": [
        "¿Cuántas casillas tiene el tablero de ajedrez?"
    ],
}


@pytest.fixture
def xquad(tmp_path: Path) -> Path:
    """Three paragraphs and four questions."""
    paragraphs = [
        {"context": context, "qas": [{"question": question} for question in asked]}
        for context, asked in PARAGRAPHS.items()
    ]
    path = tmp_path / "xquad.es.json"
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), "utf-8")
    return path


def test_every_way_finds_what_is_easy(xquad: Path, workbench: Workbench) -> None:
    found = examine_retrieval(xquad, workbench)
    assert (found.paragraphs, found.questions, len(found.methods)) == (3, 4, WAYS)
    assert found.methods[0].key == "hybrid"
    for method in found.methods:
        assert method.recall[Metric.RECALL_1].value == 1.0, method.key
    assert examine_retrieval(xquad, workbench) == found  # now with the vectors kept


@pytest.mark.parametrize("content", ["", "{}", '{"data": [{}]}', "[1]"])
def test_another_file_is_told_in_a_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, "utf-8")
    with pytest.raises(XquadError, match=r"other\.json"):
        read_xquad(path)
