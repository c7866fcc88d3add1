"""An answer that the office has scored, as a gold question that `asistente evaluar` runs."""

import json

from assistant.answering.answer import AnswerKind
from assistant.desk.errors import DeskError
from assistant.desk.questions import KeptQuestion
from assistant.desk.scores import Verdict


def gold_question(question: KeptQuestion, verdict: Verdict) -> str:
    """The JSON line of the gold set: of a right answer what it cites is what must be cited; of one
    that should not have been given, that it must be refused.

    Raises DeskError for the others: of these it is not known what would be right.
    """
    answer = question.answer
    if answer is None or verdict not in (Verdict.RIGHT, Verdict.NOT_TO_ANSWER):
        raise DeskError(
            "Al examen sólo pasan las respuestas correctas y las que no debieron darse: de las "
            "otras no consta qué es lo correcto."
        )
    right = verdict is Verdict.RIGHT
    expect = answer.kind if right else AnswerKind.ABSTAIN
    cited = answer.citations if expect is AnswerKind.ANSWER else []
    return json.dumps(
        {
            "id": f"oficina-{question.id}",
            "question": question.question,
            "history": [question.before] if question.before else [],
            "persona": "citizen",
            "style": "real",
            "intent": "responsible" if expect is AnswerKind.ANSWER else "refusal",
            "expect": expect.value,
            "sections_any": list(dict.fromkeys(c.section for c in cited)),
            "sections_all": [],
            "pages": sorted({c.page for c in cited}),
            "facts": [],
            "forbidden": [],
            "note": "calificada en la oficina",
        },
        ensure_ascii=False,
    )
