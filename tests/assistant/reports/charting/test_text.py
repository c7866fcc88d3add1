"""The chart as text."""

from assistant.answering.knowledge import Knowledge
from assistant.reports.charting import chart_text
from tests.assistant.reports.charting.conftest import Company


def test_the_tree_with_its_contradictions_marked_and_told(company: Company) -> None:
    knowledge = company(["Presidencia", 1, 1, 3], {1: [2], 2: [4], 3: ["3 Choferes"]})
    assert (
        chart_text(knowledge)
        == """\
Secretaría de <Pruebas> & Ensayos
Organigrama
Manual de organización MO-X-01 · versión 02 · mayo de 2024
4 puestos con cédula, 2 puestos o unidades sin ella y 3 discrepancias entre cédulas.

Presidencia
└─ 1 Coordinación de Agua
   ├─ 2 Coordinación de Bosques
   │  └┄ 4 Coordinación de Deporte (su cédula nombra a 3) [≠2]
   └─ 3 Coordinación de Caminos [≠1]
      ├─ 4 Coordinación de Deporte [≠3]
      └─ 3 × Choferes

Sin número: puestos y unidades que no tienen cédula en el manual.

Discrepancias entre cédulas
  [≠1] 3 Coordinación de Caminos le reporta, según su cédula, a 1 Coordinación de Agua [3, p. 3], \
pero la de ese puesto no lo enlista [1, p. 1].
  [≠2] 2 Coordinación de Bosques enlista a 4 Coordinación de Deporte [2, p. 2], pero la cédula de \
ese puesto nombra a «Coordinación de Caminos» [4, p. 4].
  [≠3] 4 Coordinación de Deporte le reporta, según su cédula, a 3 Coordinación de Caminos \
[4, p. 4], pero la de ese puesto no lo enlista [3, p. 3].
"""
    )


def test_a_branch_points_at_its_position(real: Knowledge) -> None:
    text = chart_text(real, real.manual.position("4.1"))
    assert "Organigrama · Rama de 4.1 Coordinación de Evaluación Regulatoria y Seguimiento" in text
    assert "► 4.1 Coordinación de Evaluación Regulatoria y Seguimiento" in text
    assert text.count("►") == 1
    assert "4.2" not in text


def test_a_circle_is_told(company: Company) -> None:
    text = chart_text(company([2, 1]))
    assert "1 Coordinación de Agua (con este superior se cierra un círculo)" in text
