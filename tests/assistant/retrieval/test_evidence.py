"""How sure the evidence is: three outcomes, by the probability that a section answers."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.confidence import (
    ANSWERABLE,
    DEFAULT_SCALE,
    FIRST,
    LEAST_SURE,
    LEAST_TOLD,
    Features,
    Scale,
)
from assistant.retrieval.evidence import Outcome, Support, Weighed, weigh
from assistant.retrieval.hybrid import Hit
from assistant.understanding.types import Expected, Intent, Understanding
from corpus.model import Chunk, ChunkKind


def hit(section: str, score: float, dense: float, **own: object) -> Hit:
    kind = own.pop("kind", ChunkKind.FUNCTION)
    chunk = Chunk(
        id=f"{section}/{score}",
        manual="M",
        section=section,
        title=section,
        breadcrumb=section,
        page=1,
        kind=ChunkKind(str(kind)),
        quote=str(own.pop("quote", "Podar los árboles de la ciudad.")),
        function=1,
    )
    return Hit(chunk=chunk, score=score, dense=dense, coverage=float(str(own.pop("coverage", 0.0))))


def asked(expected: Expected = Expected.RESPONSIBLE) -> Understanding:
    return Understanding("¿quién poda?", Intent.TOPIC, expected=expected)


def test_sections_stand_in_the_order_of_their_best_passages() -> None:
    found = [hit("1", 2.0, 0.8), hit("2", 3.0, 0.85), hit("1", 1.0, 0.7)]
    supports = weigh(asked(), found).supports
    assert [s.section for s in supports] == ["2", "1"]
    assert len(supports[1].hits) == 2


def test_what_only_says_who_reports_to_whom_is_no_evidence() -> None:
    assert weigh(asked(), [hit("1", 5.0, 0.95, kind=ChunkKind.REPORTING)]).outcome is Outcome.FAR


def test_a_question_for_money_needs_an_amount() -> None:
    of_money = asked(Expected.MONEY)
    assert weigh(of_money, [hit("1", 5.0, 0.95)]).outcome is Outcome.FAR
    paid = hit("1", 5.0, 0.95, quote="La multa es de $500 pesos.")
    assert weigh(of_money, [paid]).supports


def test_who_only_helps_comes_after_who_does_it() -> None:
    helps = hit("1", 2.0, 0.9, quote="Apoyar en la poda de árboles.")
    does = hit("2", 1.99, 0.9, quote="Podar los árboles.")
    assert weigh(asked(), [helps, does]).supports[0].section == "2"


def support(chance: float, score: float = 1.0) -> Support:
    return Support("1", (hit("1", score, 0.9),), score, chance)


def test_the_outcome_follows_the_two_thresholds() -> None:
    assert Weighed((), 1.0).outcome is Outcome.FAR
    assert Weighed((support(1.0),), LEAST_TOLD - 0.01).outcome is Outcome.FAR
    assert Weighed((support(LEAST_SURE - 0.01),), 1.0).outcome is Outcome.NEAR
    assert Weighed((support(LEAST_SURE),), 1.0).outcome is Outcome.SURE


def test_only_sections_near_a_sure_one_are_told_beside_it() -> None:
    weighed = Weighed((support(0.9, 2.0), support(0.5, 1.9), support(0.2, 0.5)), 0.9)
    assert len(weighed.sure) == 2
    assert Weighed((support(0.1),), 0.9).sure == []


@given(st.floats(0.5, 0.95), st.floats(0.0, 0.2), st.floats(0.0, 1.0))
def test_better_evidence_is_never_less_likely(cosine: float, more: float, coverage: float) -> None:
    base = Features(cosine, 0.05, 0.5, coverage, 0.2, 1.0, 0.1)
    better = Features(cosine + more, 0.05 + more, 0.5, coverage, 0.2, 1.0, 0.1)
    for model in (FIRST, ANSWERABLE):
        assert model.chance(better) >= model.chance(base)


def test_another_models_similarities_are_read_on_the_default_scale() -> None:
    other = Scale(mean=0.3, spread=0.05)
    assert other.of_default(0.3) == DEFAULT_SCALE.mean
    assert other.of_default(0.35) == DEFAULT_SCALE.mean + DEFAULT_SCALE.spread
