"""A made-up manual with a few gold questions, and a scripted model that writes on it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from assistant.running.settings import Settings
from evals.generated_manuals import generate
from evals.gold import GoldQuestion
from evals.llm.evaluation import LlmExtent, evaluate_llm
from evals.llm.report import LlmReport
from tests.assistant.writing.model_server import MODEL, ChatRequest, ModelServer, Says, model_server

OWNER = "Coordinación de Participación y Liderazgo"


@dataclass(frozen=True)
class Trial:
    """Everything for an evaluation but the model's mood."""

    model: ModelServer
    settings: Settings
    extent: LlmExtent

    def run(self) -> LlmReport:
        """Evaluate; the model writes as `writes` has it."""
        self.model.always(Says(writes))
        return evaluate_llm(self.extent, self.settings, Console(quiet=True))


def writes(request: ChatRequest) -> str:
    """What the model says: on the youth council, one sentence that holds and one that is made up;
    on the survey, something the passages don't print; on all else, nothing."""
    given = request.messages[-1].text
    asked = given[given.index("<pregunta>") :]
    if "cabildo" in asked:
        number = _number_of(given, "Integrar el cabildo juvenil")
        return (
            f"De integrar el cabildo juvenil se encarga la {OWNER} [{number}]. "
            f"La inscripción cuesta 500 pesos [{number}].\ncompleta: sí"
        )
    if "encuestas" in asked:
        return "De las encuestas se encarga la Dirección de Aeronáutica Espacial [1].\ncompleta: sí"
    return "completa: no"


def _number_of(given: str, text: str) -> str:
    found = re.search(rf"^\[(\d+)\][^\n]*{text}", given, re.MULTILINE)
    assert found is not None, given
    return found[1]


@pytest.fixture(scope="module")
def trial(
    tmp_path_factory: pytest.TempPathFactory, lend_model: Callable[[Path], None]
) -> Iterator[Trial]:
    """A manual of eight positions, and a set of five questions on it."""
    folder = tmp_path_factory.mktemp("llm")
    manual = generate(11, 8, ())
    code = manual.truth.code
    (folder / f"{code}.txt").write_text(manual.text, "utf-8")
    lines = "\n".join(question.model_dump_json() for question in _questions())
    (folder / f"{code.lower()}.dev.jsonl").write_text(lines, "utf-8")
    lend_model(folder)
    with model_server() as model:
        settings = Settings(
            data_dir=folder,
            manuals_dir=folder,
            llm=f"openai:{MODEL}",
            llm_base_url=model.base_url,
            llm_structured=False,
            llm_tools=False,
        )
        yield Trial(model, settings, LlmExtent(folder / "kept" / "replies.jsonl", folder=folder))


def _questions() -> Iterator[GoldQuestion]:
    told: tuple[dict[str, object], ...] = (
        {
            "question": "¿Quién integra el cabildo juvenil?",
            "sections_any": ["4.1"],
            "facts": [[OWNER]],
            "forbidden": ["500 pesos"],
        },
        {
            "question": "¿Quién propone acciones de mejora derivadas de las encuestas de "
            "satisfacción sobre participación juvenil?",
            "sections_any": ["4"],
        },
        {
            "question": "¿Quién somete las propuestas del cabildo al Ayuntamiento?",
            "history": ["¿A quién le reporta la Coordinación de Primer Empleo?"],
            "sections_any": ["4.1"],
            "forbidden": ["500 pesos"],
        },
        {
            "question": "¿A quién le reporta la Coordinación de Primer Empleo?",
            "intent": "reports_to",
            "sections_any": ["3.1"],
        },
        {"question": "dame una receta de mole", "intent": "out_of_scope", "expect": "abstain"},
    )
    for number, each in enumerate(told):
        plain = {"persona": "citizen", "style": "plain", "intent": "responsible"}
        lists = {"sections_any": [], "sections_all": [], "pages": [], "facts": [], "forbidden": []}
        own = {"id": f"dev-{number}", "expect": "answer"}
        yield GoldQuestion.model_validate({**plain, **lists, **own, **each})
