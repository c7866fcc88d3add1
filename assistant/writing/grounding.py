"""Whether a sentence follows from the passages that it cites: the checks stand in `CHECKS`.

All of them are deterministic, and each is strict where it is unsure: a right sentence that is
dropped costs little, since the draft without a model stands behind it; a wrong one that is let
through costs trust.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cache

from assistant import lexicon
from assistant.retrieval.terms import ASKING
from assistant.structure.mention import Mention
from assistant.structure.naming import rank_word
from assistant.writing.claims import Claim, listed, quoted
from assistant.writing.reporting_claims import line_holds, states_a_line
from corpus.model import Manual, Position
from corpus.spanish import STOPWORDS, fold, stem, words


class Fault(StrEnum):
    """Why a sentence is not shown."""

    UNCITED = "uncited"
    """It names no passage, or one that was not given."""
    FRAGMENT = "fragment"
    """It says nothing: names alone, or a sentence that breaks off."""
    LANGUAGE = "language"
    TALK = "talk"
    """It speaks of itself, of its instructions, of the asking."""
    OPINION = "opinion"
    QUOTE = "quote"
    """Something in quotation marks is not printed."""
    NUMBER = "number"
    NAME = "name"
    """A position or a proper name that the passages do not print."""
    AGENT = "agent"
    """Another position than that of the cited sheet does it."""
    LINE = "line"
    """A reporting line that the chart does not have."""
    POLARITY = "polarity"
    """It denies, limits or generalises where the passages do not."""
    AUTHORITY = "authority"
    """It decides where the passage proposes, does where the passage helps."""
    DETAIL = "detail"
    """A price, a day, a place, a requirement that the passages do not print."""
    SUPPORT = "support"
    """Too little of it stands in the passages."""
    LOSS = "loss"
    """Of given facts, something is missing."""


Check = Callable[[Claim], Fault | None]

_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
_PAGE = re.compile(r"\b(?:p|pag|pagina|paginas)\b\.?\s*(\d+)")
_FUNCTION = re.compile(r"\bfuncion(?:es)?\s+(?:numero\s+)?(\d+)")
_SECTION = re.compile(r"\(?\b(?:seccion\s+|cedula\s+|numeral\s+)?(\d+(?:\.\d+)*)\)?")
_ENGLISH_SHARE = 0.2
_LEAST_TELLING = 1
"""Words that say something, which a sentence needs beside names."""
_SENTENCE_START = re.compile(r"(?:^|[.:;!?«“\"(]\s*)$")
_NOT_APPLICABLE = re.compile(r"\bN/A\b")
_NONE = frozenset({"no", "nadie", "ningun", "ninguna", "ninguno"})
"""What a row that prints "N/A" says in words."""
_CAPITALISED = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\wáéíóúñÁÉÍÓÚÑ]{3,}")
_LEAST_FAMILY = 5
"""Letters that two stems must share at their beginning to be of one family."""


def faults(claim: Claim) -> Iterator[Fault]:
    """Everything that is wrong with a sentence but its support, the gravest first."""
    for check in CHECKS:
        fault = check(claim)
        if fault is not None:
            yield fault


def _cites(claim: Claim) -> Fault | None:
    return None if claim.passages else Fault.UNCITED


def _says_something(claim: Claim) -> Fault | None:
    if claim.tokens and claim.tokens[-1].word in listed("unfinished"):
        return Fault.FRAGMENT
    enough = states_a_line(claim) or len(telling_words(claim)) >= _LEAST_TELLING
    return None if enough else Fault.FRAGMENT


def _is_spanish(claim: Claim) -> Fault | None:
    said = [t.word for t in claim.tokens]
    english = [w for w in said if w in listed("english") and w not in claim.printed]
    return (
        Fault.LANGUAGE if len(english) > 1 and len(english) > _ENGLISH_SHARE * len(said) else None
    )


def _is_of_the_matter(claim: Claim) -> Fault | None:
    return Fault.TALK if _unprinted(claim, "talk") else None


def _holds_no_opinion(claim: Claim) -> Fault | None:
    return Fault.OPINION if _unprinted(claim, "opinion") else None


def _quotes_verbatim(claim: Claim) -> Fault | None:
    return None if all(claim.prints(words(q)) for q in quoted(claim.text)) else Fault.QUOTE


def _numbers_are_printed(claim: Claim) -> Fault | None:
    """Numbers of sections, pages and functions must be those of the citations, all others must
    stand in a passage itself."""
    cited = [c for p in claim.passages for c in p.citations]
    text = fold(claim.text)
    for pattern, right in (
        (_PAGE, {str(c.page) for c in cited}),
        (_FUNCTION, {str(c.function) for c in cited}),
    ):
        if any(match[1] not in right for match in pattern.finditer(text)):
            return Fault.NUMBER
        text = pattern.sub(" ", text)
    places = {c.section for c in cited} | {p.number for p in _named_positions(claim)}
    text = _SECTION.sub(lambda m: " " if m[1] in places and m[0] != m[1] else m[0], text)
    printed = fold(" ".join(p.text for p in claim.passages))
    values = lexicon.load("claims")["numerals"]
    numbers = set(_DIGITS.findall(printed)) | {n for n in places if "." in n}
    numbers |= {str(values[w]) for w in words(printed) if w in values}
    if any(n not in numbers for n in _DIGITS.findall(text)):
        return Fault.NUMBER
    spelled = [w for w in words(text) if w in values]
    stated = {*words(printed), *(str(values[w]) for w in words(printed) if w in values)}
    if any(w not in stated and str(values[w]) not in stated for w in spelled):
        return Fault.NUMBER
    return None


def _names_are_printed(claim: Claim) -> Fault | None:
    of_a_line = states_a_line(claim)
    for mention in claim.mentions:
        judged_by_chart = of_a_line and mention.exact and mention.candidates
        if not judged_by_chart and not _is_printed(claim, mention):
            return Fault.NAME
    known = set(claim.printed) | _own_words(claim.knowledge.manual)
    typed = {claim.tokens[i].typed for i in claim.of_names}
    for match in _CAPITALISED.finditer(claim.text):
        if _SENTENCE_START.search(claim.text[: match.start()]) or match[0] in typed:
            continue
        if not set(words(match[0])) <= known and rank_word(fold(match[0])) is None:
            return Fault.NAME
    return None


def _is_printed(claim: Claim, mention: Mention) -> bool:
    said = claim.words_of(mention)
    if claim.prints(said):
        return True
    holders = {p.number for p in claim.holders}
    if mention.exact and any(p.number in holders for p in mention.candidates):
        return True
    if mention.candidates and mention.exact:
        return any(claim.prints(words(p.title)) for p in mention.candidates)
    # "en coordinación con": an ordinary word, unless it is written as a name
    return claim.tokens[mention.start].typed[:1].islower() and not mention.candidates


def _is_done_by_who_is_named(claim: Claim) -> Fault | None:
    holders = {p.number for p in claim.holders}
    if not holders or states_a_line(claim):
        return None
    agents = [m for m in claim.agents() if m.candidates]
    for agent in agents:
        if not any(p.number in holders for p in agent.candidates):
            return Fault.AGENT
    if not agents and claim.spoken_of and not claim.spoken_of & holders:
        return Fault.AGENT
    return None


def _line_is_drawn(claim: Claim) -> Fault | None:
    return Fault.LINE if states_a_line(claim) and not line_holds(claim) else None


def _polarity_is_kept(claim: Claim) -> Fault | None:
    said = {t.word for t in claim.tokens} & listed("polarity")
    printed = set(claim.printed)
    if any(_NOT_APPLICABLE.search(p.text) for p in claim.passages):
        printed |= _NONE
    if said - printed:
        return Fault.POLARITY
    return Fault.POLARITY if not said and _drops_a_denial(claim) else None


def _drops_a_denial(claim: Claim) -> bool:
    """Whether a passage denies the very thing that the sentence says."""
    own = {t.stem for t in claim.tokens if t.is_content}
    return any(
        word in {"no", "sin", "nunca"} and following in own
        for p in claim.passages
        for word, following in _with_next_stem(words(p.text))
    )


def _with_next_stem(spoken: Sequence[str]) -> Iterator[tuple[str, str]]:
    for i, word in enumerate(spoken):
        following = next((w for w in spoken[i + 1 :] if w not in STOPWORDS), None)
        if following is not None:
            yield word, stem(following)


def _authority_is_kept(claim: Claim) -> Fault | None:
    if _unprinted(claim, "authority"):
        return Fault.AUTHORITY
    leads = [_leading_verbs(p.text) for p in claim.passages]
    lesser = listed("lesser")
    if not leads or not all(lead and lead[0] in lesser for lead in leads):
        return None
    own = {t.word for t in claim.tokens}
    if own & lesser or any(_holds_family(claim, verb) for lead in leads for verb in lead):
        return None
    return Fault.AUTHORITY


def _leading_verbs(text: str) -> list[str]:
    """The verbs that a function begins with: "Participar y asesorar a…"."""
    first, *rest = words(text)[:3] or [""]
    joined = len(rest) == 2 and rest[0] in {"y", "e"}
    return [first, rest[1]] if joined else [first]


def _holds_family(claim: Claim, verb: str) -> bool:
    return any(_of_one_family(stem(verb), t.stem) for t in claim.tokens)


def _details_are_printed(claim: Claim) -> Fault | None:
    return Fault.DETAIL if _unprinted(claim, "details") else None


CHECKS: tuple[Check, ...] = (
    _cites,
    _says_something,
    _is_spanish,
    _is_of_the_matter,
    _holds_no_opinion,
    _quotes_verbatim,
    _numbers_are_printed,
    _names_are_printed,
    _is_done_by_who_is_named,
    _line_is_drawn,
    _polarity_is_kept,
    _authority_is_kept,
    _details_are_printed,
)


def telling_words(claim: Claim) -> list[str]:
    """The folded words of a sentence that say something, each once: names, glue and the words for
    a reporting line are left out, which other checks judge."""
    free = listed("glue") | ASKING | (listed("line") if states_a_line(claim) else frozenset())
    spoken = (
        t.word
        for i, t in enumerate(claim.tokens)
        if i not in claim.of_names and t.is_content and any(c.isalpha() for c in t.word)
    )
    return list(dict.fromkeys(w for w in spoken if w not in free))


def _unprinted(claim: Claim, name: str) -> list[str]:
    """The sentence's words of a list that no passage prints in any form, names left out."""
    said = [t.word for i, t in enumerate(claim.tokens) if i not in claim.of_names]
    printed = {stem(w) for w in claim.printed}
    printed |= {stem(w) for group in _periods() if group & set(claim.printed) for w in group}
    return [
        w
        for w in said
        if w in listed(name) and not any(_of_one_family(stem(w), s) for s in printed)
    ]


@cache
def _periods() -> tuple[frozenset[str], ...]:
    """Words for the same period: "cada año", "anual"."""
    return tuple(frozenset(row.split()) for row in lexicon.load("claims")["periods"])


def _of_one_family(a: str, b: str) -> bool:
    """Whether two stems are of one family: "autoriz" and "autorizacion", "aprueb" and "aprob"."""
    a, b = undiphthonged(a), undiphthonged(b)
    short = min(len(a), len(b))
    return a == b or (short >= _LEAST_FAMILY and a[:short] == b[:short])


def undiphthonged(stemmed: str) -> str:
    """A stem as in the infinitive: "resuelv" is of "resolver", "atiend" of "atender"."""
    return stemmed.replace("ue", "o").replace("ie", "e")


def _named_positions(claim: Claim) -> list[Position]:
    return [p for m in claim.mentions for p in m.candidates]


def _own_words(manual: Manual) -> set[str]:
    return set(words(f"{manual.code} {manual.dependency} {manual.municipality or ''}"))
