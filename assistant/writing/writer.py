"""Lets a language model write an answer, and shows of it only what holds.

1. An assignment is made of the drafted turn: its question, and numbered passages.
2. The model's reply is read as it comes; each sentence is judged as soon as it is whole.
3. What holds is given out, once enough of it answers the question.
4. Where the passages did not suffice, a model that can looks further with tools, and writes anew.
5. If too little holds, or the model fails, the draft without a model stands.
"""

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from cachetools import TTLCache
from langchain_core.callbacks import BaseCallbackManager, dispatch_custom_event
from langchain_core.runnables import RunnableConfig

from assistant.answering.answer import AnswerKind, Citation
from assistant.answering.blocks import Paragraph, Place, Text, text
from assistant.answering.draft import Draft
from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.render.plain import plain_text
from assistant.running.events import SENTENCE, WRITING
from assistant.structure.mentions import find_mentions
from assistant.structure.tokens import tokenize
from assistant.writing.calling import CallError, ModelCaller, Usage
from assistant.writing.grounding import Fault
from assistant.writing.judge import Judge, NewJudge, Verdict
from assistant.writing.model import LanguageModel
from assistant.writing.passages import Assignment, Passage, assignment
from assistant.writing.prompt import Prompt, load_prompt
from assistant.writing.record import JudgedSentence, Outcome, WritingRecord, WrittenPart
from assistant.writing.reply import Completeness, ReplyReader, Sentence
from assistant.writing.tools import Findings, Search, looking_further

_KEPT_ANSWERS = 1_000
_KEPT_SECONDS = 3_600.0


@dataclass
class _Writing:
    """An answer on its way."""

    assignment: Assignment
    main: str
    """The section that the draft without a model rests on before all others."""
    config: RunnableConfig
    shows_parts: bool
    judged: list[JudgedSentence] = field(default_factory=list)
    completeness: Completeness = Completeness.UNSAID
    usage: Usage = field(default_factory=Usage)
    _shown: int = 0

    @property
    def kept(self) -> list[JudgedSentence]:
        """The sentences that hold."""
        return [sentence for sentence in self.judged if sentence.rests_on]

    @property
    def answers(self) -> bool:
        """Whether what is kept answers the question."""
        return any(c.section == self.main for s in self.kept for c in s.rests_on)

    def add(self, sentence: Sentence, verdict: Verdict) -> None:
        """Note a sentence, and give out what can be."""
        named = [p for p in self.assignment.passages if p.number in sentence.passages]
        cited, rests_on = _citations(named), _citations(verdict.rests_on)
        self.judged.append(JudgedSentence(sentence.text, cited, verdict.fault, rests_on))
        if rests_on and self.shows_parts and self.answers:
            self.show()

    def show(self) -> None:
        """Give out what is kept and not shown yet."""
        for i, each in enumerate(self.kept[self._shown :], self._shown):
            said = plain_text(_told(each, each.rests_on), each.rests_on)
            part = WrittenPart((" " if i else "") + said, each.rests_on)
            _notify(SENTENCE, part, self.config)
        self._shown = len(self.kept)

    def begin_anew(self, found: Sequence[Passage]) -> None:
        """Keep nothing of before: more passages were found. Only before anything was shown."""
        self.assignment = replace(self.assignment, passages=tuple(found))
        self.judged = [replace(sentence, rests_on=()) for sentence in self.judged]


class Writer:
    """Writes with one model. Safe for threads."""

    def __init__(
        self,
        model: LanguageModel,
        caller: ModelCaller,
        new_judge: NewJudge,
        *,
        phrase_facts: bool,
    ) -> None:
        self._model = model
        self._caller = caller
        self._new_judge = new_judge
        self._phrase_facts = phrase_facts
        self._answers: TTLCache[str, tuple[Draft, WritingRecord]] = TTLCache(
            _KEPT_ANSWERS, _KEPT_SECONDS
        )
        self._lock = threading.Lock()

    def write(
        self, turn: Turn, knowledge: Knowledge, search: Search, config: RunnableConfig
    ) -> Draft | None:
        """The draft in the model's words, or as it was. Nothing that can happen to a model is
        raised; what came of it is told as an event."""
        begun = time.monotonic()
        work = assignment(turn, knowledge, phrase_facts=self._phrase_facts)
        if work is None or turn.draft is None:
            return turn.draft
        key = self._key(work, knowledge)
        with self._lock:
            known = self._answers.get(key)
        if known is not None:
            draft, record = known
            outcome = Outcome.KEPT if record.shown else record.outcome
            record = WritingRecord(outcome, record.sentences)
        else:
            draft, record = self._written(turn.draft, work, knowledge, search, config)
            if record.whole:
                with self._lock:
                    self._answers[key] = draft, record
        record = replace(record, seconds=time.monotonic() - begun)
        _notify(WRITING, record, config)
        return draft

    def _key(self, work: Assignment, knowledge: Knowledge) -> str:
        """Of what an answer depends on; a hash, so that no question is kept."""
        prompt = self._prompt(work)
        parts = (self._model.name, prompt.id, knowledge.manual.code, work.given())
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _prompt(self, work: Assignment) -> Prompt:
        if work.facts:
            return load_prompt("frasear")
        return load_prompt("redactar_json" if self._model.structured else "redactar")

    def _written(
        self,
        draft: Draft,
        work: Assignment,
        knowledge: Knowledge,
        search: Search,
        config: RunnableConfig,
    ) -> tuple[Draft, WritingRecord]:
        looks_further = self._model.uses_tools and not work.facts
        writing = _Writing(
            work,
            draft.citations[0].section,
            config,
            shows_parts=not looks_further and not work.facts,
        )
        trouble: Outcome | None = None
        try:
            deadline = self._caller.deadline()
            self._read(writing, self._new_judge(knowledge), deadline)
            if looks_further and writing.completeness is not Completeness.WHOLE:
                findings = Findings(knowledge, search, work.passages)
                looking = partial(looking_further, self._model.chat, work, findings, config)
                for _ in self._caller.reply(looking, writing.usage, deadline):
                    pass  # what is found counts, not what is said of it
                if len(findings.passages) > len(work.passages):
                    writing.begin_anew(findings.passages)
                    self._read(writing, self._new_judge(knowledge), deadline)
        except CallError as error:
            trouble = error.outcome
        return self._concluded(writing, draft, knowledge, trouble)

    def _read(self, writing: _Writing, judge: Judge, deadline: float) -> None:
        """Read and judge a reply. Raises CallError."""
        reader = ReplyReader(writing.assignment.passages)
        messages = self._prompt(writing.assignment).messages(writing.assignment.given())

        def judged(sentences: Sequence[Sentence]) -> None:
            passages = writing.assignment.passages
            for sentence in sentences:
                writing.add(sentence, judge.verdict(sentence, passages))

        replying = partial(self._model.stream, messages, writing.config)
        for piece in self._caller.reply(replying, writing.usage, deadline):
            judged(reader.feed(piece))
            if reader.is_too_long:
                break
        judged(reader.finish())
        writing.completeness = reader.completeness

    def _concluded(
        self, writing: _Writing, draft: Draft, knowledge: Knowledge, trouble: Outcome | None
    ) -> tuple[Draft, WritingRecord]:
        kept = writing.answers
        if kept and writing.assignment.facts and not _says_all(writing, knowledge):
            writing.judged.append(JudgedSentence("", (), Fault.LOSS))
            kept = False
        if kept:
            writing.show()
            draft = _draft_of(writing.kept, draft, knowledge)
            outcome = Outcome.WRITTEN
        elif trouble is not None:
            outcome = trouble
        else:
            declined = writing.completeness is Completeness.NONE and not writing.judged
            outcome = Outcome.DECLINED if declined else Outcome.UNSUPPORTED
        judged, usage = tuple(writing.judged), writing.usage
        record = WritingRecord(outcome, judged, usage.read, usage.written, whole=trouble is None)
        return draft, record


def _told(sentence: JudgedSentence, among: Sequence[Citation]) -> Text:
    """A sentence with its places; `among` are the citations of the whole answer."""
    at_place: dict[tuple[str, int], list[int]] = {}
    for each in sentence.rests_on:
        at_place.setdefault((each.section, each.page), []).append(among.index(each))
    places = (piece for at in at_place.values() for piece in (" ", Place(tuple(at))))
    return text(sentence.text, *places, ".")


def _citations(passages: Sequence[Passage]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(c for p in passages for c in p.citations))


def _says_all(writing: _Writing, knowledge: Knowledge) -> bool:
    """Whether every position of the given facts is named."""
    said = " ".join(k.text for k in writing.kept)
    stated = " ".join(p.text for p in writing.assignment.passages)
    return _named(stated, knowledge) <= _named(said, knowledge)


def _named(text: str, knowledge: Knowledge) -> set[str]:
    mentions = find_mentions(tokenize(text), knowledge.names)
    return {p.number for m in mentions for p in m.candidates}


def _draft_of(kept: Sequence[JudgedSentence], draft: Draft, knowledge: Knowledge) -> Draft:
    """The kept sentences as a draft; the rest is that of the draft without a model."""
    citations = tuple(dict.fromkeys(c for s in kept for c in s.rests_on))
    sections = dict.fromkeys(c.section for c in citations)
    positions = [s for s in sections if knowledge.manual.position(s) is not None]
    said: Text = ()
    for each in kept:
        said = text(said, " " if said else "", _told(each, citations))
    return replace(
        draft,
        blocks=(Paragraph(said),),
        kind=AnswerKind.ANSWER,
        citations=citations,
        positions=tuple(dict.fromkeys([*draft.positions[:1], *positions])),
    )


def _notify(event: str, data: object, config: RunnableConfig) -> None:
    """Tell of an event, if anybody listens: a turn without listeners has no run to tell it of."""
    callbacks = config.get("callbacks")
    if isinstance(callbacks, BaseCallbackManager) and callbacks.handlers:
        dispatch_custom_event(event, data, config=config)
