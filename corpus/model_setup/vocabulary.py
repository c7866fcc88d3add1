"""Which pieces of the multilingual vocabulary are kept: those that Latin-script text can use.

A unigram tokenizer segments a text into pieces of that very text, so dropping the pieces of other
scripts changes neither the segmentation nor the vectors of Latin-script text; letters of the
dropped scripts become `<unk>`. It takes away over half of the embedding table, which is most of
the model.
"""

import unicodedata

from corpus.model_setup.packed import PackedModel

_COMBINING_MARKS = range(0x300, 0x370)


def keep_latin(model: PackedModel) -> PackedModel:
    """The model with the special pieces and those of Latin letters, digits, signs and symbols."""
    special = {model.bos, model.eos, model.pad, model.unknown}
    kept = [
        i
        for i, (piece, _) in enumerate(model.pieces)
        if i in special or all(_used_in_latin_text(char) for char in piece)
    ]
    return model.with_vocabulary(kept)


def _used_in_latin_text(char: str) -> bool:
    """True for Latin letters and their accents, and for all that is neither letter nor mark."""
    if char.isascii():
        return True
    category = unicodedata.category(char)[0]
    if category == "M":
        return ord(char) in _COMBINING_MARKS
    return category != "L" or unicodedata.name(char, "").startswith("LATIN")
