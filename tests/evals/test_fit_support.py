"""Claims show how well the verification tells what follows from a passage from what does not."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.running.settings import load_settings
from assistant.writing.judge import Judge, embedding_similarity
from assistant.writing.support import SupportModel
from corpus.embeddings import OnnxEmbeddings
from corpus.model import Manual
from evals.claims import ClaimsError, ClaimSet, GoldClaim, claim_sets, read_claims
from evals.fit_support import Judged, Rates, best_model, judged_claims, rates
from evals.gold_sets import Split

COUNCILS = {"section": "1.1", "quote": "Atender las juntas vecinales;"}
HOLDS = "De atender las juntas vecinales se encarga la Jefatura de Oficina"
MADE_UP = "La Jefatura de Oficina lava las ventanas del edificio vecino"


def claim(sentence: str, *, supported: bool, **told: Any) -> GoldClaim:
    plain = {"id": "c-1", "question": "¿Quién?", "passages": [COUNCILS]}
    return GoldClaim.model_validate({**plain, "sentence": sentence, "supported": supported, **told})


@pytest.fixture
def claims(tiny_manual: Manual) -> ClaimSet:
    """One claim that follows from its passage, and one that does not."""
    both = (claim(HOLDS, supported=True), claim(MADE_UP, supported=False, fault="support"))
    return ClaimSet("claims-mini.dev", Split.DEV, Knowledge(tiny_manual), both)


def similar(sentence: str, texts: Sequence[str]) -> float:
    """As an embedding model has it: all is alike, the same matter a little more."""
    return 0.9 if "juntas" in sentence and any("juntas" in text for text in texts) else 0.8


def test_what_is_cited_is_given_as_a_model_would_get_it(claims: ClaimSet) -> None:
    (passage,) = claims.passages(claims.claims[0])
    assert passage.label == "Jefatura de Oficina (1.1, p. 1)"
    assert passage.citations[0].function == 1


def test_a_quote_must_be_printed_in_its_section(claims: ClaimSet) -> None:
    wrong = {"section": "1.1", "quote": "Atender las ventanas;"}
    with pytest.raises(ClaimsError, match="ventanas"):
        claims.passages(claim(HOLDS, supported=True, passages=[wrong]))


def test_a_line_that_is_no_claim_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "claims-mini.dev.jsonl"
    path.write_text(json.dumps({"id": "c-1"}), "utf-8")
    with pytest.raises(ClaimsError, match="línea 1"):
        list(read_claims(path))


def test_the_claims_are_told_apart(claims: ClaimSet) -> None:
    judged = list(judged_claims(claims, similar))
    assert rates(judged) == Rates(passed=1.0, stopped=1.0)
    assert [each.support.similarity for each in judged] == [0.9, 0.8]


def test_the_verdict_is_that_of_the_judge_that_serves(claims: ClaimSet) -> None:
    for each in judged_claims(claims, similar):
        judge = Judge(claims.knowledge, default_thesaurus(), similar)
        assert each.verdict() == judge.verdict(each.gold.cites_all, each.passages)


def test_thresholds_change_the_verdict_and_the_last_ones_leave_no_trace(claims: ClaimSet) -> None:
    holds, _ = judged_claims(claims, similar)
    nothing_is_enough = SupportModel(least_coverage=1.1, coverage=1.0, similarity=1.0, least=9.0)
    assert holds.is_right()
    assert not holds.is_right(nothing_is_enough)
    assert holds.is_right()


def test_the_best_thresholds_are_found(claims: ClaimSet) -> None:
    judged = list(judged_claims(claims, similar))
    model, fitted = best_model(judged)
    assert fitted == rates(judged, model) == Rates(passed=1.0, stopped=1.0)


def test_what_must_be_stopped_counts_more_than_what_may_pass(tiny_manual: Manual) -> None:
    def as_similar(similarity: float, *, supported: bool) -> Judged:
        own = (claim(HOLDS, supported=supported),)
        claims = ClaimSet("claims-mini.dev", Split.DEV, Knowledge(tiny_manual), own)
        (judged,) = judged_claims(claims, lambda *_: similarity)
        return judged

    supported = [as_similar(s, supported=True) for s in (0.85, 0.85, 0.85, 0.85, 0.95)]
    others = [as_similar(s, supported=False) for s in (0.8, 0.8, 0.8, 0.8, 0.9)]
    _, fitted = best_model([*supported, *others])
    assert fitted == Rates(passed=0.2, stopped=1.0)
    _, without_the_last = best_model([*supported, *others[:4]])
    assert without_the_last == Rates(passed=1.0, stopped=1.0)


def test_the_verification_tells_apart_claims_written_by_hand(embeddings: OnnxEmbeddings) -> None:
    """A gate: no change of the checks may let much more through, or stop much more."""
    similarity = embedding_similarity(embeddings)
    for own in claim_sets([Split.DEV, Split.TEST], load_settings().manuals_dir):
        found = rates(list(judged_claims(own, similarity)))
        assert found.passed >= 0.9, own.name
        assert found.stopped >= 0.95, own.name
