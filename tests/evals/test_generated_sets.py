"""Structural questions on generated manuals."""

from evals.generated_sets import examine_generated
from evals.metrics.figures import Metric
from evals.workbench import Workbench


def test_structure_is_answered_with_hardly_a_fault(workbench: Workbench) -> None:
    done = list[int]()
    found = examine_generated(1, workbench, lambda: done.append(1))
    assert found.structural > 100
    assert found.structural_figures[Metric.CORRECTNESS].value >= 0.97
    assert len(found.failures) <= 0.03 * found.structural
    assert len(found.manuals) == len(done) == 1
