"""Answers written by a language model from passages, and checked sentence by sentence.

Off unless a model is set; it replaces a draft and never decides what is answered.
"""
