"""Answers from the legal framework: whole, by level, by subject, or whether one law is in it."""

import re
from collections.abc import Sequence

from assistant.answering.blocks import Block, bare, item, paragraph, quoted
from assistant.answering.chapters import body, shared_words
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import plural
from assistant.understanding.types import Understanding
from corpus.model import Manual, Passage, Section, SectionKind, heading_of
from corpus.spanish import content_words, fold, words

_LEVELS = ("internacional", "federal", "estatal", "municipal")
_LAW_ENDS = re.compile(
    r"\b(?:aplica|aparece|esta|estan|forma|viene|es|sirve|rige|se|dentro|en el marco|"
    r"incluid\w+)\b.*"
)
_LAW = re.compile(
    r"\b(?:ley|reglamento|constitucion|codigo|declaracion|convencion|agenda|tratado|plan)\b"
    r"(?! (?:que )?(?:habl|trat|regul|rig|aplic|dic|menci)\w+)(?: "
    r"\w+)+"
)
_LAW_KINDS = r"\b(?:tratado|convencion|convenio|declaracion|agenda|pacto)(?:e?s)?\b"
_SAYS = re.compile(r"^(?:formaran|seran?|son|ademas|asimismo|asi como|nota|las demas|los demas)\b")
_OTHERS_TOO = re.compile(r"\b(?:formaran|forman) parte\b|\b(?:las|los) demas\b")
"""What a list says of laws that it does not name."""
_FRAMEWORK = re.compile(
    r"\b(?:marco|bases?|fundamentos?|disposiciones) (?:\w+ )?(?:jur|legal|norm)|^legislacion\b"
)
"""What manuals call the list of laws: "MARCO JURÍDICO", "BASES LEGALES DE OPERACIÓN"."""
_NAMES_LAW = re.compile(
    r"\b(?:ley|codigo|constitucion|reglamento|decreto|norma|ordenanza|estatuto|bando|acuerdo)\b"
)
_LEVEL_ALONE = re.compile(
    r"(?:(?:nivel|ambito|leyes|legislacion) )?(?:internacional|federal|nacional|estatal|local|"
    r"municipal)(?:es)?:?"
)
_SUBJECT = re.compile(
    r"\b(?:leyes|ley|reglamentos?|normas?|normatividad|ordenamientos?|tratados?|codigos?) "
    r"(?:\w+ ){0,2}?(?:de|del|sobre|para|en materia de|contra|"
    r"(?:que )?(?:habl|trat)\w+ (?:de|sobre)|(?:que )?regulan?) (.+)"
)
"""What a law asked for is about: "¿qué leyes *de transparencia* aplican?"."""
_LAW_OF_ONE_WORD = re.compile(
    r"\b(?:la|las|una) (constitucion(?:es)?|convencion(?:es)?|declaracion(?:es)?)\b"
)
_ABOUT_THE_LIST = """
    aplica aplican aplicables hay rige rigen cita citan menciona mencionan incluye manual marco
    juridico legal nivel federal federales estatal estatales municipal municipales tiene tienen
    secretaria dependencia municipio debe deben cumplir seguir existe existen este esta estado
    internacional internacionales aparece aparecen viene vienen sale salen figura figuran lista
    incluida incluido
"""
_ENDS = frozenset(_ABOUT_THE_LIST.split())
"""Words that ask for the list itself, not for a subject in it."""
_IN_THE_LIST = re.compile(
    r"^(?:y )?(?:(?:se )?(?:aparece|esta|viene|sale|figura|menciona|incluye|cita|contempla|enlista|"
    r"considera|hay|existe|aplica|tiene)n?)\b|"
    r"\b(?:aparece|esta|viene|sale|figura|aplica)n?\b(?: en \w+ (?:manual|marco|lista)\b.*)?$|"
    r"\b(?:manual|marco|juridic\w+|legal)\b (?:\w+ )?"
    r"(?:menciona|incluye|cita|contempla|enlista|considera|tiene|trae)\b"
)
"""What asks whether a law is listed: "¿*aparece* la Ley Federal del Trabajo?"."""
_CALLS_LAW = re.compile(
    rf"{_NAMES_LAW.pattern}|{_LAW_KINDS}|\b(?:leyes|codigos|reglamentos|normas)\b"
)
_OF_STATE = re.compile(r"\bestatal\w*|\b(?:leyes|reglamentos|normas|ordenamientos) del estado\b")
_LEVEL_SAID = re.compile(r" (?:del? nivel )?(?:federal|estatal|municipal|internacional)\s*$")
"""A level said after a law's name, which is not of the name: "ley de transparencia *estatal*"."""
_SO_MANY = re.compile(r"\d|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b")
"""A number that is claimed of laws, which "Sí" must not confirm unseen."""
_SHORTEST_LAW = 2
_MOST_ARTICLES = 6
_ARTICLE = re.compile(r"\bart(?:iculos?|s?\.)")
_LEAST_LAW_COVERAGE = 0.75
"""Share of the words of a law's name from which one that is listed is the one that is meant."""
_LIKE_A_LAW = 0.6
"""The same from which it may be, misspelt or called otherwise: that is no denial."""


def legal(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """The legal framework: whole, by level, or whether one law is in it; None without one."""
    framework = _legal_framework(knowledge.manual)
    if framework is None:
        return None
    folded = fold(asked.question)
    parts = list(knowledge.manual.parts_of(framework.number)) or [framework]
    law = _LAW.search(folded)
    named = _LEVEL_SAID.sub("", _LAW_ENDS.sub("", law[0])) if law else ""
    if len(content_words(named)) >= 3:
        return _one_law(named, parts, framework, knowledge)
    levels = _of_level(folded, parts)
    subject = _of_subject(folded, levels) or _of_subject(folded, parts)
    asked_for = _subject_asked_for(folded)
    whether = asked.yes_no and bool(_IN_THE_LIST.search(folded.strip(" ¿?.!")))
    if whether and asked_for and not subject:
        return _none_on(_as_typed(asked_for, asked.question), parts, framework, knowledge)
    chosen = subject or [(part, body(part)) for part in levels]
    evidence = Evidence(knowledge.manual)
    about = ", sobre lo que pregunta," if subject else ""
    yes = whether and not _SO_MANY.search(folded)
    lead = f"{'Sí: el' if yes else 'El'} marco jurídico ({heading_of(framework)}){about} enlista:"
    lines: list[Block] = [paragraph(lead)] if len(chosen) > 1 or subject or yes else []
    for part, items in chosen:
        count = plural(sum(_is_law(i) for i in items), "ordenamiento", "ordenamientos")
        lines.append(paragraph(f"{heading_of(part)}: {count} ", evidence.heading(part)))
        for entry in items:
            place = evidence.passage(part, entry)
            if _is_law(entry):
                lines.append(item(bare(entry.text, place), " ", place))
            else:
                lines.append(paragraph(quoted(entry.text, place)))
    return evidence.draft(lines)


def whether_listed(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """Whether a law that a question names is in the legal framework, whatever else it was taken to
    ask; None where it asks something else, or there is no framework."""
    folded = fold(asked.question).strip(" ¿?.!")
    if not asked.yes_no or not _CALLS_LAW.search(folded) or not _IN_THE_LIST.search(folded):
        return None
    law = _LAW.search(folded)
    names = law is not None and len(content_words(_LAW_ENDS.sub("", law[0]))) >= _SHORTEST_LAW
    return legal(asked, knowledge) if names or _subject_asked_for(folded) else None


def cited_articles(question: str, knowledge: Knowledge) -> Draft | None:
    """Where the manual cites articles of a law or an article by its number; None where it doesn't,
    or none is asked for."""
    folded = fold(question)
    if not _ARTICLE.search(folded):
        return None
    numbers = set(re.findall(r"\d+", folded))
    asks = _ENDS | {
        "articulo",
        "articulos",
        "dice",
        "citan",
        "cita",
        "menciona",
        "ley",
        "reglamento",
    }
    law = [w for w in content_words(folded) if w not in asks and not w.isdigit()]
    places = [
        (section, passage)
        for section in knowledge.manual.sections
        for passage in section.passages
        if _ARTICLE.search(fold(passage.text))
        and numbers <= set(re.findall(r"\d+", passage.text))
        and (numbers or law)
        and shared_words(law, words(passage.text)) >= _LEAST_LAW_COVERAGE * bool(law)
    ]
    if not places:
        return None
    evidence = Evidence(knowledge.manual)
    lead = "El manual no trae el texto de los ordenamientos; sí cita artículos en:"
    lines = [
        item(f"{heading_of(section)}: ", quoted(passage.text, evidence.passage(section, passage)))
        for section, passage in places[:_MOST_ARTICLES]
    ]
    return evidence.draft([paragraph(lead), *lines])


def _none_on(
    subject: str, parts: Sequence[Section], framework: Section, knowledge: Knowledge
) -> Draft:
    """That no law in the list has these words in its name."""
    evidence = Evidence(knowledge.manual)
    lead = (
        f"No: en el marco jurídico del manual ({heading_of(framework)}) ningún ordenamiento lleva "
        f"«{subject}» en su nombre"
    )
    return _denied(lead, parts, evidence)


def _denied(lead: str, parts: Sequence[Section], evidence: Evidence) -> Draft:
    """That something is not listed, with all that was looked through; where the list says that
    others belong to it too, with that."""
    places = [piece for part in parts for piece in (" ", evidence.heading(part))]
    others = [
        paragraph("El manual añade: ", quoted(entry.text, evidence.passage(part, entry)))
        for part in parts
        for entry in body(part)
        if _OTHERS_TOO.search(fold(entry.text))
    ]
    framework = ["¿Cuál es el marco jurídico del manual?"]
    return evidence.draft([paragraph(lead, *places, "."), *others], framework)


def _as_typed(folded: Sequence[str], question: str) -> str:
    """Folded words as the question spells them."""
    return " ".join(word for word in re.findall(r"\w+", question) if fold(word) in folded)


def listed(question: str, knowledge: Knowledge) -> Draft | None:
    """The laws on a subject that the framework lists, where it is asked what they say; None where
    it lists none."""
    framework = _legal_framework(knowledge.manual)
    if framework is None:
        return None
    parts = list(knowledge.manual.parts_of(framework.number)) or [framework]
    evidence = Evidence(knowledge.manual)
    lines = [
        item(bare(entry.text, place), " ", place)
        for part, items in _of_subject(fold(question), parts)
        for entry in items
        if _is_law(entry)
        for place in [evidence.passage(part, entry)]
    ]
    lead = f"El manual no trae el texto, pero su marco jurídico ({heading_of(framework)}) enlista:"
    return evidence.draft([paragraph(lead), *lines]) if lines else None


def _is_law(entry: Passage) -> bool:
    """Whether an entry names one law rather than saying something of the list."""
    folded = fold(entry.text)
    return not _SAYS.search(folded) and _LEVEL_ALONE.fullmatch(folded) is None


def _of_level(folded: str, parts: Sequence[Section]) -> Sequence[Section]:
    """The parts of the levels asked for; all of them if none is."""
    levels = [level for level in _LEVELS if re.search(rf"\b{level}", folded)]
    if _OF_STATE.search(folded):
        levels.append("estatal")
    if re.search(r"\btratados?\b", folded):
        levels.append("internacional")
    # "del municipio" in a law's name is no level; a level asked for stands in a part's title
    return [p for p in parts if any(level[:8] in fold(p.title) for level in levels)] or parts


def _of_subject(folded: str, parts: Sequence[Section]) -> list[tuple[Section, list[Passage]]]:
    """The entries that name the subject asked for, by part; empty if none is or none does."""
    subject = _subject_asked_for(folded)
    if not subject:
        return []
    found = [
        (part, [i for i in body(part) if shared_words(subject, words(i.text)) == 1.0])
        for part in parts
    ]
    return [(part, items) for part, items in found if items]


def _subject_asked_for(folded: str) -> list[str]:
    """The words of the subject that laws are asked for on."""
    match = _SUBJECT.search(folded) or _LAW_OF_ONE_WORD.search(folded)
    return [w for w in content_words(match[1]) if w not in _ENDS] if match else []


def _one_law(law: str, parts: list[Section], framework: Section, knowledge: Knowledge) -> Draft:
    evidence = Evidence(knowledge.manual)
    asked_for = [
        w
        for w in content_words(law)
        if w not in {"marco", "juridico", "legal", "manual", "aparece", "incluye", "esta"}
    ]
    scored = [
        (shared_words(asked_for, words(entry.text)), -len(entry.text), part, entry)
        for part in parts
        for entry in body(part)
        if _is_law(entry)
    ]
    best = max(scored, key=lambda row: row[:2], default=None)
    if best is None or best[0] < _LIKE_A_LAW:
        lead = (
            f"No: el marco jurídico del manual (capítulo {framework.number}) no enlista ese "
            "ordenamiento"
        )
        return _denied(lead, parts, evidence)
    covered, _, part, entry = best
    named = quoted(entry.text, evidence.passage(part, entry))
    if covered < _LEAST_LAW_COVERAGE:
        lead = (
            "El marco jurídico del manual no enlista un ordenamiento con ese nombre; el más "
            f"parecido está en {heading_of(part)}: "
        )
        return evidence.draft(
            [paragraph(lead, named, ".")], ["¿Cuál es el marco jurídico del manual?"]
        )
    lead = f"Sí, el marco jurídico del manual lo enlista en {heading_of(part)}: "
    said = paragraph(lead, named, ".")
    return evidence.draft([said], [f"¿Qué dice la sección {part.number}, {part.title}?"])


def _legal_framework(manual: Manual) -> Section | None:
    """The chapter or part on the legal framework, by any of its names; of several, that with most
    laws in it."""
    called = [
        s
        for s in manual.sections
        if s.kind is not SectionKind.SHEET and _FRAMEWORK.search(fold(s.title))
    ]
    return max(called, key=lambda s: _laws_in(s, manual), default=None)


def _laws_in(section: Section, manual: Manual) -> int:
    texts = [entry.text for s in (section, *manual.parts_of(section.number)) for entry in body(s)]
    return sum(_NAMES_LAW.search(fold(text)) is not None for text in texts)
