"""A message with several questions, taken apart; and their answers, put together again."""

import re
from collections.abc import Sequence

from assistant.answering.blocks import LeadQuestion, paragraphs
from assistant.answering.draft import Draft, joined_drafts
from assistant.answering.wording import capital
from corpus.spanish import fold

MOST_PARTS = 4
"""Questions of one message that are answered; what is left is said."""
_LEAST_WORDS = 2
_SENTENCE = re.compile(r"[^?]*\?+[\s.!]*|[^?]+$")
_ASKS = r"(?:quien(?:es)?|que|cual(?:es)?|cuant[oa]s?|donde|como|cuando)"
_INTERROGATIVE = re.compile(rf"\b{_ASKS}\b")
_ACCENTED = re.compile(r"\b(?:quién(?:es)?|qué|cuál(?:es)?|cuánt[oa]s?|dónde|cómo|cuándo)\b", re.I)
_UNMISTAKABLE = (
    r"(?:quien(?:es)?|cual(?:es)?|cuant[oa]s?|(?:a|de|en|con|por) (?:quien|que|cual)|"
    r"que (?=(?:hace|hacen|funcion|objetivo|tipo|es\b|dice|le toca|pagina|areas?\b|puestos?\b)))"
)
"""Words that ask even without an accent; "que" and "como" alone may only join clauses."""
_TELL = (
    r"(?:dime|dame|diganme|digame|deme|explicame|expliqueme|muestrame|muestreme|enlistame|"
    r"enlisteme|cuentame|(?:quiero|quisiera|necesito) saber)"
)
"""What asks without a question mark: "dame las funciones … *y dime* quién es su jefe"."""
_JOINED = re.compile(
    r"[\s,;]+(?:y|e|ademas|tambien|asi como|y ademas|y tambien)\s+"
    rf"(?=(?:(?:a|de|en|con|por) )?{_ASKS}\b|{_TELL}\b)"
)
_LISTED = re.compile(rf"[\s]*[,;]\s*(?={_UNMISTAKABLE}|{_TELL}\b)")
"""Between questions of which the last is joined by "y": "quién es el jefe, *cuántas* tiene y …"."""
_AND_WHEN = re.compile(r" y (cuando|donde|como|por que)\W*$")
_WHO = re.compile(
    r"^\W*(?:(?:a|de|en|con|por) )?(?:quien(?:es)?|que|cual(?:es)?|cuando|donde|como)\b"
)
""" "¿quién elaboró este documento *y cuándo*?": the same clause, asked otherwise."""
_PART = (
    r"(?:numero de funciones|tipo de puesto|valor que aporta|puesto (?:nominal|funcional)|"
    r"numero de (?:puestos|personas) a su cargo|funciones|objetivo|proposito|jef[ea]|superior|"
    r"subordinados|tipo|valor|fecha|nivel|responsabilidades|atribuciones|personal a su cargo)"
)
_PARTS_OF = re.compile(
    rf"(?P<lead>.*?)(?P<parts>(?:(?:el|la|los|las|sus?) )?{_PART}"
    rf"(?:, (?:(?:el|la|los|las|sus?) )?{_PART})* (?:y|e) (?:(?:el|la|los|las|sus?) )?{_PART})"
    r"(?P<of> (?:de|del|que tiene) .+)"
)
""" "objetivo y jefe *de la Coordinación …*": each is asked of the same position."""


def parts_of(message: str) -> list[str]:
    """The questions of a message, in order; a message with one question is one part.

    A story before a question stays with it, a courtesy after the last one too.
    """
    sentences = [s.strip() for s in _SENTENCE.findall(message) if s.strip()]
    questions: list[str] = []
    for sentence in sentences:
        alone = "?" in sentence or _asks(sentence.lstrip("¿ "), message)
        if questions and not alone:
            questions[-1] = f"{questions[-1]} {sentence}"
        else:
            questions.append(sentence)
    parts = [part for each in questions for one in _joined(each) for part in _each_part(one)]
    told = [part for part in parts if len(part.split()) >= _LEAST_WORDS]
    return told if len(told) > 1 else [message]


def _joined(question: str) -> list[str]:
    """The questions that are joined by "y" in one sentence."""
    folded = fold(question)
    if len(folded) != len(question):
        return [question]
    again = _AND_WHEN.search(folded)
    first = _WHO.match(folded)
    if again and first:
        clause = question[first.end() : again.start()].strip()
        return [
            question[: again.start()].strip(" ,;"),
            f"{question[again.start(1) : again.end(1)]} {clause}",
        ]
    cuts = [0]
    for match in _JOINED.finditer(folded):
        before, after = question[cuts[-1] : match.start()], question[match.end() :]
        tells = re.match(_TELL, folded[match.end() :])
        asks = _INTERROGATIVE.search(fold(before)) or re.match(
            rf"\W*(?:\w+ )?{_TELL}", fold(before)
        )
        if asks and (tells or _asks(after, question)):
            cuts.append(match.end())
    if len(cuts) > 1:
        cuts[1:1] = [
            match.end()
            for match in _LISTED.finditer(folded, 0, cuts[1])
            if re.search(rf"\b{_UNMISTAKABLE}", folded[: match.start()])
        ]
    ends = [*cuts[1:], len(question)]
    parts = [question[a:b].strip(" ,;") for a, b in zip(cuts, ends, strict=True)]
    return [re.sub(r"[\s,;]+(?:y|e|adem[aá]s|tambi[eé]n|as[ií] como)$", "", p) for p in parts]


def _each_part(question: str) -> list[str]:
    """A question on several parts of one sheet, as one on each; any other as it is."""
    folded = fold(question)
    match = _PARTS_OF.fullmatch(folded) if len(folded) == len(question) else None
    if match is None:
        return [question]
    lead, of = question[: match.end("lead")], question[match.start("of") :]
    ends = [m.end() + match.start("parts") for m in re.finditer(_PART, match["parts"])]
    starts = [match.start("parts"), *(end for end in ends[:-1])]
    parts = (question[a:b] for a, b in zip(starts, ends, strict=True))
    return [f"{lead}{re.sub(r'^(?:,| y| e) ?', '', part)}{of}".strip() for part in parts]


def _asks(clause: str, question: str) -> bool:
    """Whether a clause begins with a word that asks; where the person writes accents, with one."""
    head = " ".join(clause.split()[:2])
    if _ACCENTED.search(question):
        return bool(_ACCENTED.search(head))
    return bool(re.match(_UNMISTAKABLE, fold(clause)))


def _as_lead(question: str) -> str:
    """A question as it stands above its answer; what asks without asking ("dime …") as it is."""
    if "¿" in question:  # after a statement: "Entré ayer. ¿A quién le reporto?"
        return f"{capital(question)}?"
    tells = re.match(_TELL, fold(question))
    return f"{capital(question)}:" if tells else f"¿{capital(question)}?"


def put_together(questions: Sequence[str], drafts: Sequence[Draft], left: int) -> Draft:
    """One draft of those of several questions, each under its own; `left` were not answered."""
    leads = [LeadQuestion(_as_lead(question.strip(" ?¿.,"))) for question in questions]
    joined = joined_drafts(drafts, leads)
    if not left:
        return joined
    rest = f"las otras {left} póngalas" if left > 1 else "la última póngala"
    told = f"Contesté las primeras {len(drafts)} preguntas; {rest} aparte."
    return joined.with_blocks(after=paragraphs(told))
