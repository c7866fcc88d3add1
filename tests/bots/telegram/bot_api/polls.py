"""Polls and quizzes: what may be asked, and how it is answered."""

from dataclasses import dataclass, replace
from typing import Any

from tests.bots.telegram.bot_api.call import Call
from tests.bots.telegram.bot_api.errors import bad_request
from tests.bots.telegram.bot_api.formatting import EMPTY, Formatted, utf16_length
from tests.bots.telegram.bot_api.html_reading import parse_html

LONGEST_QUESTION, LONGEST_OPTION, LONGEST_EXPLANATION = 300, 100, 200
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12
_MOST_LINE_FEEDS = 2
"""In an explanation."""


@dataclass(frozen=True)
class Poll:
    """A poll; a quiz has a right option."""

    id: str
    question: str
    options: tuple[str, ...]
    anonymous: bool = True
    quiz: bool = False
    right: int | None = None
    explanation: Formatted = EMPTY
    closed: bool = False
    votes: tuple[tuple[int, int], ...] = ()
    """Who chose what."""

    def voted(self, person: int, option: int) -> "Poll":
        """The poll after one more vote; each person votes once."""
        assert not self.closed, "the poll is closed"
        assert person not in dict(self.votes), "they have voted already"
        return replace(self, votes=(*self.votes, (person, option)))

    def wire(self) -> dict[str, Any]:
        chosen = [option for _, option in self.votes]
        made: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "options": [
                {"text": text, "voter_count": chosen.count(at), "persistent_id": f"{self.id}-{at}"}
                for at, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "quiz" if self.quiz else "regular",
            "allows_multiple_answers": False,
            "allows_revoting": not self.quiz,
            "members_only": False,
        }
        if self.right is not None:
            made |= {"correct_option_id": self.right, "correct_option_ids": [self.right]}
        if self.explanation.text:
            made["explanation"] = self.explanation.text
            made["explanation_entities"] = [each.wire() for each in self.explanation.entities]
        return made


def read_poll(call: Call, poll_id: str) -> Poll:
    """The poll that a call of `sendPoll` asks for. Raises ApiError."""
    kind = call.text("type") or "regular"
    if kind not in ("quiz", "regular"):
        raise bad_request("unsupported poll type specified")
    options = _options(call.parsed("options"))
    question = (call.text("question") or "").strip()
    if not question:
        raise bad_request("poll question must be non-empty")
    if len(question) > LONGEST_QUESTION:
        raise bad_request(f"poll question length must not exceed {LONGEST_QUESTION}")
    anonymous = call.text("is_anonymous") is None or call.flag("is_anonymous")
    return Poll(
        poll_id,
        question,
        options,
        anonymous,
        quiz=kind == "quiz",
        right=_right(call, len(options)) if kind == "quiz" else None,
        explanation=_explanation(call),
        closed=call.flag("is_closed"),
    )


def _options(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise bad_request("expected an Array of String as options")
    texts = [each["text"] if isinstance(each, dict) else each for each in value]
    if not all(isinstance(each, str) for each in texts):
        raise bad_request("expected an option to be of type String")
    options = tuple(each.strip() for each in texts)
    if len(options) < FEWEST_OPTIONS:
        raise bad_request(f"poll must have at least {FEWEST_OPTIONS} option")
    if len(options) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    if not all(options):
        raise bad_request("poll options must be non-empty")
    if any(len(each) > LONGEST_OPTION for each in options):
        raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
    return options


def _right(call: Call, count: int) -> int:
    several = call.parsed("correct_option_ids")
    one = call.integer("correct_option_id")
    right = several[0] if isinstance(several, list) and several else one
    if right is None or not 0 <= right < count:
        raise bad_request("wrong correct option ID specified")
    return int(right)


def _explanation(call: Call) -> Formatted:
    source = call.text("explanation") or ""
    html = (call.text("explanation_parse_mode") or "").upper() == "HTML"
    told = (parse_html(source) if html else Formatted(source)).stripped()
    if utf16_length(told.text) > LONGEST_EXPLANATION or told.text.count("\n") > _MOST_LINE_FEEDS:
        raise bad_request("message is too long")
    return told
