"""Who holds an office, as the formalisation sheet and the directory name them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.answering.answer import AnswerKind
from assistant.answering.blocks import Block, Text, item, paragraph, text
from assistant.answering.chapters import shared_words
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.printed import without_unit
from assistant.answering.refusal import not_in_manual
from assistant.answering.wording import numbered, of_the, the
from assistant.structure.naming import same_word
from assistant.understanding.types import Expected, Understanding
from corpus.model import Manual, Officer, Passage, Section
from corpus.spanish import STOPWORDS, fold, words

_OFFICES = r"\b(?:titular|secretari\w|director\w*|contralor\w*|coordinador\w*)\b"
_SIGNING = (
    r"formalizacion|\b(?:firm|rubric)(?:a|o|aron|an|ado|aba)\b|\b(?:autori[zc]|aprob|valid)\w+"
)
"""The formalisation sheet, or what those named in it do: they sign."""
_AUTHOR = (
    r"\bautor|\bresponsables? (?:de|del) (?:este |el |presente )?(?:manual|documento)|"
    r"\b(?:hizo|hicieron|escribi\w+|redact\w+|realizo|creo) (?:\w+ )?(?:manual|documento)"
)
_DID_IT = r"\bquien(?:es)? (?:fue |fueron )?(?:(?:el|la|los|las) que )?l[oa]s? \w+\W*$"
""" "¿quién lo revisó?", where nothing but the manual can be meant."""
_WHO_IS = re.compile(
    r"\W*(?:(?:y|oye|oiga|dime|sabes|me dices|el nombre de) )*"
    r"(?:quien(?:es)? (?:es|era|fue|son)|como se llaman?|(?:que|cual es el) (?:puesto|cargo)"
    r"(?: (?:tiene|ocupa|de))?)\b(.*)"
)
_NOW = frozenset(["actual", "actualmente", "ahora", "hoy", "senor", "senora", "licenciado"])
"""Words beside a name that tell nothing of it."""
_HEAD_OF_GOVERNMENT = r"alcald|president[ea]"
_OF_ANY_OFFICE = frozenset(["municipal", "ayuntamiento"])
_LEAST_SHARED = 0.6
"""Least share of the words of an office and of the question that must agree, both ways."""


def officer(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The names printed for an office; a refusal where the manual prints none."""
    manual = knowledge.manual
    evidence = Evidence(manual)
    whether = _whether_signed(asked, evidence)
    if whether is not None:
        return whether
    chosen = _named_whole(fold(asked.question), manual) or _officers_asked_for(asked, manual)
    if not chosen:
        missing = next((m.text for m in asked.mentions if not m.candidates), None)
        if missing is not None:
            return without_unit(missing, knowledge)
        return _unnamed(asked, knowledge)
    return evidence.draft(_told(chosen, evidence))


def who_is(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """The office of a person whom the manual names, or the person in an office that it prints, or
    whether somebody signs it, whatever else the question was taken to ask; None where it asks of
    nobody so."""
    folded = fold(asked.question)
    evidence = Evidence(knowledge.manual)
    if re.search(r"\b(?:manual|documento|formalizacion)\b", folded):
        return _whether_signed(asked, evidence)
    if asked.positions or not _WHO_IS.fullmatch(folded):
        return None
    found = _named_whole(folded, knowledge.manual) or _holding(asked, knowledge.manual)
    return evidence.draft(_told(found, evidence)) if found else None


def _named_whole(folded: str, manual: Manual) -> list[Officer]:
    """Those whose name has all the words that "¿quién es …?" asks for."""
    asks = _WHO_IS.fullmatch(folded)
    said = [w for w in words(asks[1]) if w not in STOPWORDS | _NOW] if asks else []
    return [o for o in manual.officers if said and set(said) <= set(words(o.name))]


def _whether_signed(asked: Understanding, evidence: Evidence) -> Draft | None:
    """Whether somebody who is named signs the manual, in the role that is asked for; None where it
    isn't asked of anybody."""
    folded = fold(asked.question)
    signers = [o for o in evidence.manual.officers if o.role is not None]
    in_role = [o for o in signers if re.search(rf"\b{_role_stem(o)}\w*", folded)]
    if not asked.yes_no or not signers or not (in_role or re.search(_SIGNING, folded)):
        return None
    named = _by_name(folded, evidence.manual) or _heads_of_government(folded, evidence.manual)
    if not named:
        return None
    names = {fold(o.name) for o in named}
    own = [o for o in in_role or signers if fold(o.name) in names]
    told = list(_told(own or in_role or signers, evidence))
    lead = "Sí." if own else f"No: la hoja de formalización no nombra ahí a {named[0].name}."
    return evidence.draft([paragraph(lead), *told])


def _unnamed(asked: Understanding, knowledge: Knowledge) -> Draft:
    """That the manual does not name the person; of a post that has a sheet, which one that is: who
    asks "¿quién es el jefe de cajas?" may want to know no more."""
    refused = not_in_manual(replace(asked, expected=Expected.PERSON), knowledge)
    if not asked.positions or refused.kind is not AnswerKind.ABSTAIN:
        return refused
    name = numbered(asked.positions[0])
    told = paragraph(f"De ese puesto sí tiene la cédula: {the(name)}.")
    suggestions = (f"¿A quién le reporta {the(name)}?", f"¿Qué dice la cédula {of_the(name)}?")
    return replace(refused, blocks=(*refused.blocks, told), suggestions=suggestions)


def _told(chosen: Sequence[Officer], evidence: Evidence) -> Iterator[Block]:
    """Where the names are printed, and a line for each: the name, and the office as printed."""
    for title, people in groupby(chosen, lambda o: _where_named(o, evidence.manual)[0].title):
        lines = [_line(person, evidence) for person in people]
        if len(lines) == 1:
            yield paragraph(f"Según la sección {title}: ", lines[0])
        else:
            yield paragraph(f"Según la sección {title}:")
            yield from map(item, lines)


def _line(person: Officer, evidence: Evidence) -> Text:
    section, passage = _where_named(person, evidence.manual)
    place = evidence.passage(section, passage)
    if person.office not in passage.text:
        holding = next((p for p in section.passages if person.office in p.text), passage)
        evidence.passage(section, holding)
    role = f" ({person.role.lower()})" if person.role else ""
    return text(f"{person.name}, {person.office}{role} ", place, ".")


def _officers_asked_for(asked: Understanding, manual: Manual) -> list[Officer]:
    folded = fold(asked.question)
    if re.search(r"directorio", folded):
        return [o for o in manual.officers if o.role is None]
    signing = re.search(rf"{_SIGNING}|{_AUTHOR}|{_DID_IT}|manual|documento", folded)
    if signing and not asked.positions:
        roles = [o for o in manual.officers if o.role is not None]
        in_role = [o for o in roles if re.search(rf"\b{_role_stem(o)}\w*", folded)]
        if in_role or re.search(rf"{_SIGNING}|{_AUTHOR}", folded):
            of_office = [o for o in roles if _calls_office(folded, o)]
            return in_role or of_office or roles
    return (
        _by_name(folded, manual) or _heads_of_government(folded, manual) or _holding(asked, manual)
    )


def _by_name(folded: str, manual: Manual) -> list[Officer]:
    """Those of whose name a question says half."""
    return [
        o
        for o in manual.officers
        if shared_words([w for w in words(o.name) if len(w) > 2], words(folded)) >= 0.5
    ]


def _heads_of_government(folded: str, manual: Manual) -> list[Officer]:
    """The mayor, where a question says so."""
    if not re.search(rf"\b(?:{_HEAD_OF_GOVERNMENT})", folded):
        return []
    return [o for o in manual.officers if re.match(_HEAD_OF_GOVERNMENT, fold(o.office))]


def _calls_office(folded: str, person: Officer) -> bool:
    """Whether a question calls somebody by the first word of the office: "como contralora"."""
    office = words(person.office)
    return any(same_word(word, office[0]) for word in words(folded)) if office else False


def _role_stem(person: Officer) -> str:
    """ "ELABORA" → "elabor": how a role of the formalisation sheet is asked for."""
    role = re.escape(fold(person.role or ""))
    return re.sub(r"(?:ar|er|ir|a|e)$", "", role)


def _holding(asked: Understanding, manual: Manual) -> list[Officer]:
    """The officers whose printed office is the position or the office asked for."""
    wanted = [[w for w in words(t) if w not in STOPWORDS] for t in _offices_asked_for(asked)]
    scored = [(max((_agreement(w, o) for w in wanted), default=0.0), o) for o in manual.officers]
    best = max((score for score, _ in scored), default=0.0)
    found = [o for score, o in scored if score == best]
    named = [o for o in found if o.role is None] or found
    return named[:1] if best >= _LEAST_SHARED else []


def _offices_asked_for(asked: Understanding) -> list[str]:
    """The printed titles of the position that is named, else the office in the question."""
    if not asked.positions:
        match = re.search(rf"(?:.*)({_OFFICES}.*)", fold(asked.question))
        return [match[1]] if match else []
    position = asked.positions[0]
    printed = (position.functional_title, position.nominal_title)
    return [position.title, *(f.text for f in printed if f)]


def _agreement(wanted: list[str], person: Officer) -> float:
    """How much the words of an office asked for and a printed one share, both ways, in 0…1."""
    office = [w for w in words(person.office) if w not in STOPWORDS | _OF_ANY_OFFICE]
    return min(shared_words(wanted, office), shared_words(office, wanted))


def _where_named(person: Officer, manual: Manual) -> tuple[Section, Passage]:
    """The section and the passage that print a person's name."""
    return next(
        (section, passage)
        for section in manual.sections
        for passage in section.passages
        if passage.page == person.page and person.name in passage.text
    )
