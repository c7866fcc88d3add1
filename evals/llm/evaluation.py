"""Puts the gold sets to the assistant with a language model: its parts stand in `evaluate_llm`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from assistant.answering.answer import Citation
from assistant.answering.knowledge import Knowledge
from assistant.render.places import where
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.running.settings import Settings
from assistant.writing.calling import ModelCaller
from assistant.writing.judge import Judge, NewJudge, embedding_similarity
from assistant.writing.model import LanguageModel, open_model
from assistant.writing.passages import passage_of
from assistant.writing.record import JudgedSentence, WritingRecord
from assistant.writing.reply import Sentence
from assistant.writing.writer import Writer
from corpus.errors import AsistenteError
from evals.evaluation import advancing, progress_on
from evals.experiment import Exam, as_question_sets, examine, method_report, outcomes_of, prepare
from evals.gold import GOLD_FOLDER
from evals.gold_sets import GoldSet, Split, gold_sets
from evals.llm.kept_replies import KeptReplies
from evals.llm.method import WritingAssistant
from evals.llm.report import LlmReport, SentenceFound, Way, Writing
from evals.methods.base import MethodName
from evals.methods.catalog import OURS
from evals.origin import this_origin
from evals.report_model import Outcome
from evals.workbench import Workbench, open_workbench

_PATIENCE = 600.0
"""Seconds for a reply: what a slow model would say is to be measured, not how slow it is."""
_WAYS = (
    MethodName(Way.PLAIN, "sin modelo", "responde con los pasajes mismos"),
    MethodName(Way.UNCHECKED, "modelo sin comprobar", "todo lo que el modelo escribe y cita"),
    MethodName(Way.CHECKED, "modelo comprobado", "lo que se muestra de ello"),
)


@dataclass(frozen=True)
class LlmExtent:
    """How much is evaluated."""

    replies: Path
    """The file in which the model's replies are kept."""
    splits: Sequence[Split] = (Split.DEV, Split.TEST)
    sets: Sequence[str] = ()
    """Keys of gold sets, such as "mo-sig-01.dev"; none for all."""
    sample: int | None = None
    """How many questions of each set; None for all."""
    folder: Path = GOLD_FOLDER
    """Where the sets are."""


def evaluate_llm(extent: LlmExtent, settings: Settings, console: Console) -> LlmReport:
    """Evaluate, with a progress bar on `console`; whatever the model replies is kept at once.

    Raises AsistenteError, also where the model stops answering.
    """
    if settings.llm is None:
        raise AsistenteError(
            "Diga con ASISTENTE_LLM qué modelo se evalúa, por ejemplo ASISTENTE_LLM=ollama:llama3.2"
        )
    model = open_model(settings.model_copy(update={"llm_timeout": _PATIENCE}))
    chosen, missing = _chosen_sets(extent, settings)
    with progress_on(console) as progress:
        workbench = open_workbench(settings)
        exams = prepare(chosen, workbench)
        count = sum(len(exam.questions.questions) for exam in exams)
        advance = advancing(progress, "sin modelo", count)
        plain = examine(OURS, exams, workbench, advance)
        writing = _LetWrite(workbench, model, KeptReplies(extent.replies), settings.llm_phrases)
        advance = advancing(progress, model.name, count)
        for exam in exams:
            writing.examine(exam, advance)
    sets = as_question_sets(exams)
    outcomes = (plain, writing.unchecked, writing.checked)
    return LlmReport(
        origin=this_origin(),
        model=model.name,
        sets=sets,
        methods=[method_report(way, own, sets) for way, own in zip(_WAYS, outcomes, strict=True)],
        writings=writing.writings,
        skipped=[f"{name}: no se encontró su manual." for name in missing],
    )


class _LetWrite:
    """Lets the model write on the questions of gold sets, and gathers what came of it."""

    def __init__(
        self, workbench: Workbench, model: LanguageModel, replies: KeptReplies, phrase_facts: bool
    ) -> None:
        self.unchecked: list[Outcome] = []
        self.checked: list[Outcome] = []
        self.writings: list[Writing] = []
        self._workbench = workbench
        self._model = replies.keeping(model)
        self._replies = replies
        self._phrase_facts = phrase_facts
        similarity, thesaurus = embedding_similarity(workbench.embeddings), default_thesaurus()
        self._new_judge: NewJudge = lambda knowledge: Judge(knowledge, thesaurus, similarity)

    def examine(self, exam: Exam, advance: Callable[[], None]) -> None:
        """Ask the questions of a set. Raises AsistenteError where the model has stopped
        answering."""
        caller = ModelCaller(_PATIENCE, concurrency=1, waiting=0)
        # a writer remembers what it wrote; with one for each set, nothing is asked of it twice
        writer = Writer(self._model, caller, self._new_judge, phrase_facts=self._phrase_facts)
        manual = exam.source.manual
        assistant = WritingAssistant(self._workbench, manual.code, writer, self._replies)
        replies = []
        for question in exam.questions.questions:
            replies.append(assistant.reply(question))
            if caller.is_resting:
                raise AsistenteError(
                    f"{self._model.name} dejó de responder; sus respuestas quedan en "
                    f"«{self._replies.path}»: al repetir la orden se sigue desde ahí."
                )
            advance()
        self.unchecked += outcomes_of(exam, [reply.unchecked for reply in replies])
        self.checked += outcomes_of(exam, [reply.checked for reply in replies])
        knowledge = Knowledge(manual)
        for question, reply in zip(exam.questions.questions, replies, strict=True):
            if reply.record is not None:
                self.writings.append(
                    Writing(
                        set=exam.questions.key,
                        question=question.id,
                        outcome=reply.record.outcome,
                        sentences=list(self._sentences(reply.record, knowledge)),
                        tokens_read=reply.record.tokens_read,
                        tokens_written=reply.record.tokens_written,
                    )
                )

    def _sentences(self, record: WritingRecord, knowledge: Knowledge) -> Iterator[SentenceFound]:
        for sentence in record.sentences:
            shown = bool(sentence.rests_on) and record.shown
            yield SentenceFound(
                text=sentence.text,
                cited=_places(sentence.named),
                fault=sentence.fault,
                shown_with=_places(sentence.rests_on) if shown else None,
                each_supports=self._each_supports(sentence, knowledge) if shown else None,
            )

    def _each_supports(self, sentence: JudgedSentence, knowledge: Knowledge) -> bool:
        alone = Sentence(sentence.text, (1,))
        return all(
            self._new_judge(knowledge).verdict(alone, (passage_of(1, cited),)).fault is None
            for cited in sentence.rests_on
        )


def _places(citations: Sequence[Citation]) -> list[str]:
    return list(dict.fromkeys(where(each) for each in citations))


def _chosen_sets(extent: LlmExtent, settings: Settings) -> tuple[list[GoldSet], list[str]]:
    """The sets to be evaluated, and the files without a manual. Raises AsistenteError."""
    found, missing = gold_sets(settings.manuals_dir, extent.splits, extent.folder)
    if extent.sets:
        by_name = {_typed(each.key): each for each in found}
        for name in extent.sets:
            if _typed(name) not in by_name:
                known = ", ".join(by_name) or "ninguno"
                raise AsistenteError(f"No hay un conjunto «{name}»; los hay: {known}.")
        found, missing = [by_name[_typed(name)] for name in dict.fromkeys(extent.sets)], []
    return [_sampled(each, extent.sample) for each in found], missing


def _typed(key: str) -> str:
    """A set's key as it is typed, which is the name of its file: "mo-sig-01.dev"."""
    return key.strip().lower().removesuffix(".jsonl").replace(" ", ".")


def _sampled(questions: GoldSet, most: int | None) -> GoldSet:
    """Some questions of a set, evenly spread; the same ones each time."""
    count = len(questions.questions)
    if most is None or most >= count:
        return questions
    chosen = tuple(questions.questions[i * count // most] for i in range(most))
    return replace(questions, questions=chosen)
