"""The core that terminal, API and bot call: a question in, a cited answer out."""

import contextlib
import logging
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING

from assistant.answering.answer import Answer, AnswerKind, Citation, Reason
from assistant.answering.blocks import Contact
from assistant.answering.draft import Draft, refusal
from assistant.answering.texts import said
from assistant.answering.turn import Turn
from assistant.asking.collection import asks_which_there_are, introduced, which_there_are
from assistant.asking.conversation import (
    ConversationStore,
    MemoryConversations,
    new_conversation_id,
)
from assistant.asking.message import MOST_PARTS, parts_of, put_together
from assistant.asking.office import DEFAULT_OFFICE, Office, office_of
from assistant.asking.safety import accusation, judged, perhaps_danger, with_whom_to_call
from assistant.asking.selection import (
    Chosen,
    answered_together,
    choose_manual,
    named_source,
    placed_by_reply,
    which_manual,
)
from assistant.asking.versions import (
    ChangesAsked,
    OlderAsked,
    asked_of_versions,
    changes_between,
    compared,
    older,
    said_by_version,
    which_of_version,
)
from assistant.render.plain import plain
from assistant.running.settings import Settings, load_settings
from assistant.understanding.focus import NOTHING, Focus
from assistant.understanding.question import QuestionError, clean_question
from assistant.understanding.types import Intent, Understanding
from corpus.editions import AmbiguousVersionError, Edition, UnknownVersionError, meant
from corpus.errors import AsistenteError

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.runnables import RunnableConfig

    from assistant.asking.library import Library, OpenManual
    from corpus.embeddings import OnnxEmbeddings

log = logging.getLogger(__name__)

_MOST_SPOKEN_OF = 6
"""How many positions a conversation remembers."""
_CHOOSES_NOTHING = frozenset({Intent.UNCLEAR, Intent.THANKS, Intent.GREETING, Intent.INSULT})
"""What leaves a question back open: "no sé", "gracias"."""
_WORD = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True)
class Token:
    """A piece of the answer's text."""

    text: str


@dataclass(frozen=True)
class Done:
    """The end of a streamed answer: the whole of it."""

    answer: Answer


AnswerEvent = Token | Citation | Done
"""What a streamed answer consists of, in this order."""


class Assistant:
    """Answers questions on the indexed manuals. Safe for threads."""

    def __init__(
        self,
        library: "Library",
        conversations: ConversationStore,
        question_limit: int,
        office: Office | Callable[[], Office] = DEFAULT_OFFICE,
    ) -> None:
        """`office` is whom to ask instead, and whom to call in an emergency; or what gives that at
        each use, where it may change."""
        self._library = library
        self._office = office if callable(office) else lambda: office
        self._conversations = conversations
        self._limit = question_limit

    @property
    def library(self) -> "Library":
        """The manuals that it answers from."""
        return self._library

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        manual: str | None = None,
        listener: "BaseCallbackHandler | None" = None,
        version: str | None = None,
    ) -> Answer:
        """Answer one question, as the next turn of a conversation if one is given.

        `manual` is a manual's code; without it the question itself tells which one it is about.
        `version` asks another version of it than the one in force.
        `listener` is told of every step of the chain, by its name; it may stop the work by raising.
        Raises QuestionError for a question that can't be taken, NoIndexError where nothing is
        indexed, UnknownVersionError, AmbiguousVersionError and StoreUnreachableError.
        """
        cleaned = clean_question(question, self._limit)
        conversation = conversation_id or new_conversation_id()
        focus, remembered = self._recalled(conversation_id)
        if version is None:
            draft, focus = self._answered(cleaned, focus, manual, listener)
        else:
            code = self._manual_spoken_of(cleaned, focus, manual)
            edition = meant(code, version, self._library.editions(code))
            draft = self._answered_by_edition(edition, cleaned, focus, listener)
        remembered = self._kept(conversation, focus) and remembered
        return self._as_answer(draft, conversation, remembered=remembered)

    def ask_after(
        self,
        history: Sequence[str],
        question: str,
        manual: str | None = None,
        listener: "BaseCallbackHandler | None" = None,
    ) -> Answer:
        """Answer a question that earlier ones, oldest first, complete; nothing is kept of them.

        What could not be asked is left out of the history. Raises as `ask` does.
        """
        cleaned = clean_question(question, self._limit)
        focus = NOTHING
        for earlier in history:
            with contextlib.suppress(QuestionError):
                asked = clean_question(earlier, self._limit)
                _, focus = self._answered(asked, focus, manual, listener, shown=False)
        draft, _ = self._answered(cleaned, focus, manual, listener)
        return self._as_answer(draft, new_conversation_id())

    def ask_from(
        self,
        focus: Focus,
        question: str,
        manual: str | None = None,
        listener: "BaseCallbackHandler | None" = None,
    ) -> Answer:
        """Answer a question as it would be where this was spoken of before; nothing is kept.

        Raises as `ask` does.
        """
        cleaned = clean_question(question, self._limit)
        draft, _ = self._answered(cleaned, focus, manual, listener)
        return self._as_answer(draft, new_conversation_id())

    def answers(self, question: str, manual: str) -> bool:
        """Whether it has an answer, which is not shown: a language model is not asked for it.

        Raises as `ask` does.
        """
        cleaned = clean_question(question, self._limit)
        draft, _ = self._answered(cleaned, NOTHING, manual, shown=False)
        return draft.kind is AnswerKind.ANSWER

    def batch(self, questions: Sequence[str], manual: str | None = None) -> list[Answer]:
        """Answer unrelated questions, in order."""
        return [self.ask(question, manual=manual) for question in questions]

    def stream(
        self, question: str, conversation_id: str | None = None, manual: str | None = None
    ) -> Iterator[AnswerEvent]:
        """The answer piece by piece: its text, its citations, and at the end the whole.

        Nothing is given out before the whole answer is verified.
        """
        yield from events_of(self.ask(question, conversation_id, manual))

    def forget(self, conversation_id: str) -> None:
        """Erase a conversation."""
        self._conversations.forget(conversation_id)

    def _recalled(self, conversation_id: str | None) -> tuple[Focus, bool]:
        """What was spoken of, and whether that could be looked up: an answer needs no memory."""
        if conversation_id is None:
            return NOTHING, True
        try:
            return self._conversations.load(conversation_id), True
        except AsistenteError as error:
            log.warning("answered without the conversation: %s", error)
            return NOTHING, False

    def _kept(self, conversation: str, focus: Focus) -> bool:
        try:
            self._conversations.save(conversation, focus)
        except AsistenteError as error:
            log.warning("the conversation could not be kept: %s", error)
            return False
        return True

    def _answered(
        self,
        message: str,
        focus: Focus,
        manual: str | None,
        listener: "BaseCallbackHandler | None" = None,
        *,
        shown: bool = True,
    ) -> "tuple[Draft, Focus]":
        """A message answered: safety first, then each of its questions, in order."""
        reason = judged(message, self._library.reader.safety)
        if reason is Reason.EMERGENCY:
            return refusal(self._office().emergency, reason), focus
        if reason is Reason.HARMFUL:
            opened = [self._library.manual(manual)] if manual else self._library.likely(message)
            return accusation([each.knowledge.manual for each in opened]), focus
        parts = parts_of(message) if focus.pending is None and focus.unplaced is None else [message]
        drafts = []
        for part in parts[:MOST_PARTS]:
            draft, focus = self._answered_part(part, focus, manual, listener, shown=shown)
            drafts.append(draft)
        for at, draft in enumerate(drafts[:-1]):
            if draft.kind is AnswerKind.CLARIFY and focus.pending is None:
                # "dime el objetivo y cuántas funciones tiene *X*": the name stands with the last
                again, _ = self._answered_part(parts[at], focus, manual, listener, shown=shown)
                drafts[at] = again if again.kind is AnswerKind.ANSWER else draft
        draft = drafts[0]
        if len(parts) > 1:
            draft = put_together(parts[:MOST_PARTS], drafts, len(parts[MOST_PARTS:]))
        if perhaps_danger(message, self._library.reader.safety):
            draft = with_whom_to_call(draft, self._office().emergency)
        return draft, focus

    def _answered_part(
        self,
        question: str,
        focus: Focus,
        manual: str | None,
        listener: "BaseCallbackHandler | None",
        *,
        shown: bool,
    ) -> "tuple[Draft, Focus]":
        of_versions = asked_of_versions(question)
        if of_versions is not None:
            told = self._told_of_versions(of_versions, question, focus, manual, listener)
            if told is not None:
                return told, focus
        if manual is not None:
            return self._answered_by(
                self._library.manual(manual), question, focus, listener, shown=shown
            )
        manuals = self._library.manuals()
        records = [each.record for each in manuals]
        if len(manuals) > 1 and asks_which_there_are(question):
            return which_there_are(question, records), focus
        question, focus, opened = placed_by_reply(question, focus, manuals)
        if opened:
            chosen, asked, more = Chosen(opened), question, 0
        else:
            chosen, asked, more = self._chosen(question, focus, manuals)
        if chosen.manual is None and not chosen.each:
            codes = tuple(each.record.code for each in chosen.candidates)
            asked_back = which_manual(question, chosen.candidates, more)
            return asked_back, replace(focus, unplaced=question, offered=codes)
        if chosen.manual:
            draft, left = self._answered_by(chosen.manual, asked, focus, listener, shown=shown)
            if len(manuals) == 1:
                return draft, left
            if not draft.grounded:
                interpreter = chosen.manual.knowledge.interpreter
                of_all = introduced(interpreter.understand(asked, NOTHING).intent, records)
                if of_all is not None:
                    return of_all, focus
            return named_source(draft, chosen.manual.record), left
        drafts = [
            self._answered_by(each, asked, focus, listener, shown=shown)[0]
            for each in chosen.candidates
        ]
        together = answered_together(drafts, [each.record for each in chosen.candidates])
        return together, replace(focus, unplaced=None, offered=())

    def _chosen(
        self, question: str, focus: Focus, manuals: "Sequence[OpenManual]"
    ) -> tuple[Chosen, str, int]:
        """The manual that a question is about, what it asks of it, and how many others are not
        among the candidates."""
        routed = self._library.router.route(question, manuals)
        spoken_of = [m for m in manuals if m.record.code == focus.manual]
        among = [*routed.manuals, *(m for m in spoken_of if m not in routed.manuals)]
        chosen = choose_manual(question, focus, among, routed.question, near=routed.near)
        return chosen, routed.question, 0 if chosen.manual else routed.more

    def _told_of_versions(
        self,
        asked: OlderAsked | ChangesAsked,
        question: str,
        focus: Focus,
        manual: str | None,
        listener: "BaseCallbackHandler | None",
    ) -> "Draft | None":
        """What an earlier version said, or what changed; None where the manual has but one version,
        and the question is then one like any other."""
        code = self._manual_spoken_of(question, focus, manual)
        editions = self._library.editions(code)
        if isinstance(asked, ChangesAsked):
            two = compared(code, asked, editions)
            return changes_between(self._library, *two) if two else None
        try:
            edition = older(code, asked, editions)
        except (UnknownVersionError, AmbiguousVersionError) as error:
            return refusal(str(error), Reason.NOT_IN_MANUAL)
        if edition is None:
            return None
        last = focus.understanding
        text = asked.question or (last.question if last and focus.manual in (None, code) else "")
        if not text:
            return which_of_version(edition)
        return self._answered_by_edition(edition, text, focus, listener)

    def _manual_spoken_of(self, question: str, focus: Focus, manual: str | None) -> str:
        """The code of the manual that is given, else of the one that was spoken of or is meant."""
        if manual is not None:
            return self._library.manual(manual).record.code
        manuals = self._library.manuals()
        if focus.manual is not None and any(m.record.code == focus.manual for m in manuals):
            return focus.manual
        chosen, _, _ = self._chosen(question, focus, manuals)
        return (chosen.manual or chosen.candidates[0]).record.code

    def _answered_by_edition(
        self,
        edition: Edition,
        question: str,
        focus: Focus,
        listener: "BaseCallbackHandler | None",
    ) -> "Draft":
        """The answer of a version; of another than that in force it is said that it is one."""
        opened = self._library.opened(edition.record)
        draft, _ = self._answered_by(opened, question, focus, listener, shown=True)
        return draft if edition.in_force else said_by_version(draft, edition)

    def _answered_by(
        self,
        opened: "OpenManual",
        question: str,
        focus: Focus,
        listener: "BaseCallbackHandler | None",
        *,
        shown: bool,
    ) -> "tuple[Draft, Focus]":
        """The answer of one manual, and what its turn leaves for the next."""
        own = focus if focus.manual in (None, opened.record.code) else Focus()
        config: RunnableConfig = {"callbacks": [listener]} if listener else {}
        turn = opened.chain.invoke(Turn(question, own, shown), config)
        if turn.draft is None:
            raise AssertionError("the chain drafts an answer")
        return turn.draft, _next_focus(own, turn, opened.record.code)

    def _as_answer(
        self, draft: "Draft", conversation_id: str, *, remembered: bool = True
    ) -> Answer:
        leads_on = draft.kind is AnswerKind.ABSTAIN and draft.reason is not Reason.EMERGENCY
        contact = self._office().contact if leads_on else None
        further = [Contact(said("refusal", "contact", contact=contact))] if contact else []
        blocks = (*draft.blocks, *further)
        return Answer(
            answer=plain(blocks, draft.citations),
            kind=draft.kind,
            reason=draft.reason,
            citations=list(draft.citations),
            suggestions=list(draft.suggestions),
            conversation_id=conversation_id,
            answer_id=secrets.token_urlsafe(12),
            remembered=remembered,
            blocks=blocks,
        )


def _left_open(asked: Understanding, focus: Focus) -> Understanding | None:
    """The question that a reply to a question back completes, by naming a position."""
    if asked.intent is Intent.CORRECTION:
        return focus.understanding
    return None if asked.intent in (Intent.MORE, Intent.WHO_AM_I, Intent.POINTS_NOWHERE) else asked


def events_of(answer: Answer, said: str = "") -> Iterator[AnswerEvent]:
    """A verified answer piece by piece; `said` is what of its text was given out already."""
    yield from tokens_of(answer.answer.removeprefix(said))
    yield from answer.citations
    yield Done(answer)


def tokens_of(text: str) -> Iterator[Token]:
    """A text word by word."""
    return (Token(match[0]) for match in _WORD.finditer(text))


def _next_focus(focus: Focus, turn: Turn, manual: str) -> Focus:
    """What the next turn may refer back to. A refusal leaves nothing new but who was named."""
    asked, draft = turn.understanding, turn.draft
    if asked is None or draft is None:
        return focus
    asked = replace(asked, considered=(), outside=0.0, doubt=None)
    settled = replace(focus, pending=None, manual=manual, unplaced=None, offered=())
    if draft.kind is AnswerKind.CLARIFY:
        return replace(settled, pending=_left_open(asked, focus), refused=False)
    named = [p.number for p in asked.positions]
    if draft.kind is AnswerKind.ABSTAIN or not draft.citations:
        # of what got no answer, only who was named is spoken of: "¿cuánto gana X?", "¿y su jefe?"
        kept = tuple(dict.fromkeys([*named, *focus.positions]))[:_MOST_SPOKEN_OF]
        open_still = focus.pending if asked.intent in _CHOOSES_NOTHING else None
        refused = draft.kind is AnswerKind.ABSTAIN
        return replace(settled, positions=kept, pending=open_still, refused=refused)
    spoken_of = dict.fromkeys([*draft.positions, *named, *focus.positions])
    mine, post = focus.own, focus.own_post
    if asked.introduces and asked.positions:
        mine, post = asked.positions[0].number, asked.below
    shown = tuple(spoken_of)[:_MOST_SPOKEN_OF]
    return Focus(asked, shown, None, manual, listed=draft.listed, own=mine, own_post=post)


def open_assistant(settings: Settings | None = None) -> Assistant:
    """The assistant over the index that the settings name, by default those of the environment;
    conversations stay in memory.

    Raises what `open_library` does; what is wrong with the index itself shows with the first
    question.
    """
    settings = settings or load_settings()
    kept, office = MemoryConversations(), office_of(settings)
    return Assistant(open_library(settings), kept, settings.question_limit, office)


def open_library(settings: Settings) -> "Library":
    """The indexed manuals that the settings name.

    Raises ModelNotPreparedError and StoreUnreachableError.
    """
    # heavy imports stand here, so that importing the core costs nothing
    from assistant.asking.library import Library
    from assistant.retrieval.thesaurus import default_thesaurus
    from assistant.understanding.aspect_reader import AspectReader
    from assistant.writing.opening import open_writer
    from corpus.embeddings import OnnxEmbeddings
    from corpus.prepared_model import DEFAULT_MODEL, prepared_folder
    from corpus.store import open_store

    model = settings.embedding_model or DEFAULT_MODEL
    embeddings = OnnxEmbeddings(prepared_folder(settings.data_dir, model))
    Thread(target=_load_meanwhile, args=[embeddings], name="model").start()
    store = open_store(settings.data_dir, settings.chroma_url)
    thesaurus = default_thesaurus()
    writer = open_writer(settings, embeddings, thesaurus)
    reader = AspectReader(_with_heads(settings, embeddings))
    return Library(
        store,
        embeddings,
        thesaurus,
        writer=writer,
        reader=reader,
        most_open=settings.open_manuals,
        atlas_folder=settings.data_dir / "atlas",
    )


def _load_meanwhile(embeddings: "OnnxEmbeddings") -> None:
    """Load the model on another core while Chroma is imported and opened."""
    with contextlib.suppress(Exception):  # who asks the model is told
        embeddings.load()


def _with_heads(settings: Settings, embeddings: "OnnxEmbeddings") -> "OnnxEmbeddings":
    """The model that reads what is asked: the default one, whatever is searched with."""
    from corpus.embeddings import OnnxEmbeddings
    from corpus.prepared_model import DEFAULT_MODEL, prepared_folder

    if embeddings.facts.aspects:
        return embeddings
    return OnnxEmbeddings(prepared_folder(settings.data_dir, DEFAULT_MODEL))
