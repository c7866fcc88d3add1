"""Prepares the served model once: weights → sentence-transformers → ONNX → a prepared folder.

torch, transformers, sentence-transformers and onnx are imported in this package only, and only
while a model is being prepared.
"""

from corpus.model_setup.encoder import ModelCannotBeServedError
from corpus.model_setup.packaged_e5 import PackagedWeightsMissingError
from corpus.model_setup.prepare import prepare_model

__all__ = ["ModelCannotBeServedError", "PackagedWeightsMissingError", "prepare_model"]
