"""How figures are called and written in Spanish."""

from collections.abc import Sequence

from assistant.answering.answer import AnswerKind
from assistant.writing.grounding import Fault
from assistant.writing.record import Outcome as WritingOutcome
from evals.gold import Persona
from evals.metrics.figures import MILLISECONDS, Figures, Metric
from evals.report_model import Generated

METRIC_NAMES: dict[Metric, str] = {
    Metric.CORRECTNESS: "Respuestas correctas, de todas",
    Metric.ANSWER_CORRECTNESS: "Correctas, de lo que el manual responde",
    Metric.RECALL_1: "Recall@1 por sección",
    Metric.RECALL_3: "Recall@3 por sección",
    Metric.RECALL_5: "Recall@5 por sección",
    Metric.MRR: "MRR por sección",
    Metric.NDCG_10: "nDCG@10 por sección",
    Metric.CITATION_PRECISION: "Precisión de las citas",
    Metric.CITATION_RECALL: "Recall de las citas",
    Metric.FACT_SUPPORT: "Hechos que dice lo citado",
    Metric.VERBATIM: "Citas textuales exactas",
    Metric.PAGES: "Páginas exactas",
    Metric.ABSTENTION_PRECISION: "Abstención: precisión",
    Metric.ABSTENTION_RECALL: "Abstención: recall",
    Metric.ABSTENTION_F1: "Abstención: F1",
    Metric.FALSE_REFUSALS: "Abstenciones de más",
    Metric.CLARIFICATION: "Repreguntas debidas",
    Metric.NEEDLESS_CLARIFICATION: "Repreguntas de más",
    Metric.AURC: "AURC, riesgo y cobertura",
    Metric.P50: "Latencia p50",
    Metric.P95: "Latencia p95",
}
KIND_NAMES: dict[AnswerKind, str] = {
    AnswerKind.ANSWER: "responde",
    AnswerKind.CLARIFY: "repregunta",
    AnswerKind.ABSTAIN: "se abstiene",
}
DUE_NAMES: dict[AnswerKind, str] = {
    AnswerKind.ANSWER: "responder",
    AnswerKind.CLARIFY: "repreguntar",
    AnswerKind.ABSTAIN: "abstenerse",
}
WRONG_NAMES: dict[str, str] = {
    "reason": "otro motivo",
    "start": "no empieza por Sí o No",
    "kind": "tipo de respuesta",
    "sections": "sección citada",
    "pages": "página citada",
    "facts": "falta un hecho",
    "clean": "dice algo prohibido",
}
WRITING_NAMES: dict[WritingOutcome, str] = {
    WritingOutcome.WRITTEN: "se muestra lo que escribió",
    WritingOutcome.KEPT: "se muestra de la memoria",
    WritingOutcome.UNSUPPORTED: "no basta lo que consta",
    WritingOutcome.DECLINED: "dice que los pasajes no responden",
    WritingOutcome.BUSY: "está ocupado",
    WritingOutcome.RESTING: "se le deja descansar",
    WritingOutcome.TIMED_OUT: "no termina a tiempo",
    WritingOutcome.FAILED: "falla",
}
FAULT_NAMES: dict[Fault, str] = {
    Fault.UNCITED: "sin pasaje",
    Fault.LANGUAGE: "en otro idioma",
    Fault.TALK: "habla de sí",
    Fault.OPINION: "opina",
    Fault.QUOTE: "cita que no es textual",
    Fault.NUMBER: "número que no consta",
    Fault.NAME: "nombre que no consta",
    Fault.AGENT: "lo hace otro puesto",
    Fault.LINE: "línea de reporte que no existe",
    Fault.POLARITY: "niega o limita de más",
    Fault.AUTHORITY: "cambia la atribución",
    Fault.DETAIL: "detalle que no consta",
    Fault.FRAGMENT: "no dice nada",
    Fault.SUPPORT: "poco de ello consta",
    Fault.LOSS: "falta un hecho",
}
_GROUP_NAMES = {"dev": "desarrollo", "test": "prueba"}
_PERSONA_NAMES = {
    Persona.EMPLOYEE.value: "persona empleada",
    Persona.CITIZEN.value: "ciudadanía",
    Persona.STAFF.value: "personal",
}
_INTENT_NAMES = {
    "ambiguous": "ambiguas",
    "boss_of_boss": "jefe del jefe",
    "chain": "cadena de mando",
    "chapter": "capítulos",
    "compare": "comparaciones",
    "contradiction": "contradicciones",
    "count": "conteos",
    "direct_reports": "quién le reporta",
    "false_premise": "premisas falsas",
    "field": "otros campos",
    "followup": "seguimiento",
    "function_n": "una función",
    "functions": "funciones",
    "injection": "inyección de instrucciones",
    "legal": "marco jurídico",
    "list": "listas",
    "objective": "objetivo",
    "officers": "funcionarios",
    "out_of_scope": "fuera del manual",
    "reports_to": "a quién le reporta",
    "reports_yes_no": "¿le reporta?",
    "responsible": "área responsable",
    "smalltalk": "cortesías",
}


def group_name(key: str) -> str:
    """A split or a set: "dev" is "desarrollo", "MO-SIG-01 dev" is "MO-SIG-01 desarrollo"."""
    return " ".join(_GROUP_NAMES.get(word, word) for word in key.split())


def persona_name(key: str) -> str:
    """Who asks."""
    return _PERSONA_NAMES.get(key, key)


def intent_name(key: str) -> str:
    """The kind of a question."""
    return _INTENT_NAMES.get(key, key.replace("_", " "))


def wrong_names(wrong: Sequence[str]) -> str:
    """What is not right in an answer."""
    return ", ".join(WRONG_NAMES[name] for name in wrong)


def told(figures: Figures, metric: Metric) -> str:
    """A figure: "96.1 %", "18.6 ms", "0.065"; a dash where there is none."""
    figure = figures.get(metric)
    if figure is None:
        return "–"
    unit = " ms" if metric in MILLISECONDS else "" if metric is Metric.AURC else " %"
    return f"{_number(figure.value, metric)}{unit}"


def interval(figures: Figures, metric: Metric) -> str:
    """A figure's 95 % interval: "93.1–98.7"; empty where there is none."""
    figure = figures.get(metric)
    if figure is None:
        return ""
    return f"{_number(figure.low, metric)}–{_number(figure.high, metric)}"


def told_with_interval(figures: Figures, metric: Metric) -> str:
    """Both: "96.1 % (93.1–98.7)"."""
    edges = interval(figures, metric)
    return f"{told(figures, metric)} ({edges})" if edges else told(figures, metric)


def percent(share: float | None) -> str:
    """A share, or a dash where there is none."""
    return "–" if share is None else f"{100 * share:.1f} %"


def generated_summary(generated: Generated) -> str:
    """How many questions on made-up manuals were answered right."""
    right = generated.structural - len(generated.failures)
    return (
        f"Manuales generados: {len(generated.manuals)}; preguntas de estructura correctas: "
        f"{right} de {generated.structural}; las demás: "
        f"{told(generated.other_figures, Metric.CORRECTNESS)} correctas."
    )


def _number(value: float, metric: Metric) -> str:
    if metric is Metric.AURC:
        return f"{value:.3f}"
    return f"{value if metric in MILLISECONDS else 100 * value:.1f}"
