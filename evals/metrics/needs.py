"""What a gold question needs to be cited, and how rankings of sections are judged by it.

Of the sections in `sections_any` one is enough: together they are one need. Each section of
`sections_all` is a need of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.gold import GoldQuestion

Need = frozenset[str]
"""Sections of which any will do."""


@dataclass(frozen=True)
class Ranked:
    """How good a ranking of sections is for one question; all in 0…1."""

    recall_1: float
    recall_3: float
    recall_5: float
    reciprocal_rank: float
    ndcg_10: float


def needs_of(gold: GoldQuestion) -> tuple[Need, ...]:
    """The needs of a question; none where nothing must be cited."""
    any_of = (frozenset(gold.sections_any),) if gold.sections_any else ()
    return (*any_of, *(frozenset({section}) for section in gold.sections_all))


def met(needs: Sequence[Need], sections: Sequence[str]) -> float:
    """The share of the needs that some sections meet."""
    given = set(sections)
    return sum(bool(need & given) for need in needs) / len(needs)


def judge_rankings(
    asked: Mapping[str, Sequence[Need]], rankings: Mapping[str, Sequence[str]]
) -> dict[str, Ranked]:
    """Judge the ranking of each question that has needs, by its id, with ir-measures."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    measures = {"recall_1": R @ 1, "recall_3": R @ 3, "recall_5": R @ 5, "ndcg_10": nDCG @ 10}
    measures["reciprocal_rank"] = RR
    names = {measure: name for name, measure in measures.items()}
    relevant = [
        ir_measures.Qrel(id_, f"need {i}", 1)
        for id_, needs in asked.items()
        for i in range(len(needs))
    ]
    found = [
        ir_measures.ScoredDoc(id_, document, -float(rank))
        for id_, needs in asked.items()
        for rank, document in enumerate(_as_documents(needs, rankings[id_]))
    ]
    values: dict[str, dict[str, float]] = {
        id_: dict.fromkeys(measures, 0.0) for id_, needs in asked.items() if needs
    }
    for each in ir_measures.iter_calc(list(names), relevant, found):
        values[each.query_id][names[each.measure]] = float(each.value)
    return {id_: Ranked(**own) for id_, own in values.items()}


def _as_documents(needs: Sequence[Need], ranking: Sequence[str]) -> Iterator[str]:
    """The ranking with each section that first meets a need put under that need's name. What
    meets a need once more is left out: it is neither a gain nor an error."""
    open_needs = dict(enumerate(needs))
    wanted = frozenset[str]().union(*needs)
    for section in ranking:
        if section not in wanted:
            yield section
        for i in [i for i, need in open_needs.items() if section in need]:
            del open_needs[i]
            yield f"need {i}"
