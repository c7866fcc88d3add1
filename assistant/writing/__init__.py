"""Answers written by a language model from passages, and checked sentence by sentence."""
