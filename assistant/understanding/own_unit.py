"""Where and as what a person says that they work: "soy auxiliar de Participación Ciudadana"."""

import re
from collections.abc import Sequence

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import NameIndex, further_rank_word, rank_word
from assistant.structure.tokens import BREAKING_WORDS, Token
from assistant.understanding.reading import frame

_SAYS_WHERE = re.compile(
    r"\b(?:soy|somos|trabajo|trabajamos|laboro|laboramos|estoy|estamos|pertenezco|chambeo|"
    r"(?:acabo de |recien )?(?:entrar|entre)(?: a trabajar)?)"
    r" (?:aqui )?(?:de|del|en|a|al)(?: el| la| los| las)?\b|"
    r"\bsoy (?:el |la |un |una )?(?:nuev[oa] )?|"
    r"\b(?:(?:entre|empece|empiezo|inicie|inicio|llegue)\b[\w ]{0,24}? como|"
    r"me (?:acaban de dar|dieron|nombraron|designaron|asignaron|toco)(?: como)?)(?: el| la)?\b|"
    r"\b(?:me (?:acaban de (?:contratar|asignar|cambiar|mandar)|contrataron|cambiaron|mandaron|"
    r"adscribieron|comisionaron|transfirieron|pasaron|pusieron)|estoy (?:adscrit|asignad|"
    r"comisionad)[oa]|formo parte|(?:acabo de|recien) (?:ingresar|llegar|ingrese|llegue)|"
    r"voy a (?:entrar|empezar|trabajar)|quede|ando) (?:de|del|en|a|al|para|como)(?: el| la)?\b|"
    r"\bmi (?:puesto|cargo|plaza|nombramiento|area) es (?:de |el |la |en )*"
)
_OF_MYSELF = re.compile(r"\byo (?:soy|trabajo en|estoy en) (?:el |la |de |del |un |una )*")
"""Where others are spoken of too: "mi amiga es …, y *yo soy* jefe de …"."""
_NO_POST = r"(?!(?:nuev|parte|de|del|en|la|el|un|una|recien|ciudadan|vecin|quien|yo)[oa]?\b)"
_POST = re.compile(
    r"\b(?:soy|entre|entro|empece|empiezo|trabajo|chambeo|estoy|quede|llegue|"
    r"me (?:contrataron|dieron|toco|nombraron|asignaron))\b (?:aqui |ahora )?"
    rf"(?:como |de |un |una |el |la |puesto de )*{_NO_POST}([a-z]{{4,}}"
    r"(?: (?:administrativ[oa]|operativ[oa]|general|tecnic[oa]))?) (?:de|del|en|para|dentro)\b"
)
"""Posts that few manuals have sheets of, said to be in a unit."""
_POST_ALONE = re.compile(
    rf"\bsoy (?:solo |nomas |un |una |el |la )*{_NO_POST}"
    r"([a-z]{4,}(?: (?:administrativ[oa]|operativ[oa]|general|tecnic[oa]))?)$"
)
_LONGEST = 8
"""Words that the name of a unit may take."""


def own_unit(
    tokens: Sequence[Token], mentions: Sequence[Mention], names: NameIndex
) -> Mention | None:
    """The unit that the person who asks says to belong to, with its sheets; None if none is said.

    Of several sheets with the name, all are kept: any may be the person's.
    """
    start = _start(tokens)
    if start is None:
        return None
    named = next((m for m in mentions if start - 1 <= m.start <= start + 1), None)
    if named is not None:
        return named if named.candidates else None
    end = start
    while end < min(len(tokens), start + _LONGEST) and not (
        end > start and (tokens[end].after_break or tokens[end].word in BREAKING_WORDS)
    ):
        end += 1
    skip = frozenset(
        i
        for i, t in enumerate(tokens)
        if not start <= i < end or t.word in frame() or rank_word(t.word)
    )
    return find_rankless(tokens, names, skip)


def own_post(tokens: Sequence[Token]) -> str | None:
    """The post below a unit's head that the person says to hold there: "auxiliar"."""
    match = _post_said(" ".join(t.word for t in tokens))
    return match[1] if match else None


def post_alone(tokens: Sequence[Token]) -> str | None:
    """The post that a person says to hold without saying where: "no, perdón, soy supervisor"."""
    match = _POST_ALONE.search(" ".join(t.word for t in tokens))
    return None if match is None or rank_word(match[1].split()[0]) else match[1]


def _post_said(said: str) -> re.Match[str] | None:
    """Where a post is said that is no unit's head: "soy cajera en …", not "soy jefe de …"."""
    match = _POST.search(said)
    first = match[1].split()[0] if match else ""
    return None if not match or rank_word(first) or further_rank_word(first) else match


def _start(tokens: Sequence[Token]) -> int | None:
    """Index of the first word after the phrase."""
    said = " ".join(t.word for t in tokens)
    match = _post_said(said) or _OF_MYSELF.search(said) or _SAYS_WHERE.search(said)
    return len(said[: match.end()].split()) if match else None
