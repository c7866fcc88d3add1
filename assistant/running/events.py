"""What a listener of an answer is told beside the steps, and how it ends the work."""

SENTENCE = "sentence"
"""LangChain event: a verified `WrittenPart` of an answer that a model is still writing."""
WRITING = "writing"
"""LangChain event: the `WritingRecord` of what came of letting a model write."""


class StoppedError(Exception):
    """The work was stopped between two steps: nobody waits for it any more."""
