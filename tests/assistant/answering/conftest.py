"""Answers on MO-SIG-01 from its sheets alone."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer
from assistant.answering.knowledge import Knowledge
from assistant.asking.core import Assistant


@pytest.fixture(scope="session")
def office(real: Knowledge, desk: Callable[[Knowledge], Assistant]) -> Assistant:
    """The assistant over MO-SIG-01 without an index: any search fails the test."""
    return desk(real)


@pytest.fixture
def tell(office: Assistant) -> Callable[..., Answer]:
    """Asks structural questions; several are turns of one conversation."""

    def converse(*questions: str) -> Answer:
        answer = office.ask(questions[0])
        for question in questions[1:]:
            answer = office.ask(question, answer.conversation_id)
        return answer

    return converse
