"""Doubts about the last answer: "¿seguro?", "¿por qué?", "¿y dónde dice eso?"."""

import re

from assistant.understanding.types import Doubt

_LEAD = r"(?:(?:y|pero|oye|a ver|o sea|ah|mmm|que) )*"
_THAT = r"(?: (?:de )?(?:eso|esto|ello|que (?:si|no|es asi)))?"
_SURE = re.compile(
    _LEAD + r"(?:"
    rf"(?:(?:estas?|esta usted) )?(?:bien |muy |tan |completamente )?segur[oa]{_THAT}|"
    r"(?:es )?(?:de veras|de verdad|en serio|neta|la neta)|a poco(?: (?:si|no))?|"
    r"(?:es|eso es|esta) (?:cierto|verdad|correcto|asi|bien)(?: eso| lo que dices)?|"
    r"no (?:te equivocas|se equivoca|estas? mal)|"
    r"entonces(?: (?:si|no|que))?|(?:si|no) o (?:no|si)|"
    r"(?:eso )?(?:en )?donde (?:lo )?(?:dice|viene|esta escrito|sale)(?: eso)?|"
    r"en que (?:pagina|parte|hoja|seccion) (?:lo )?(?:dice|viene|sale) eso|"
    r"de donde (?:lo )?(?:sacas?|sacaste|saco|sale)(?: eso| esa informacion)?|"
    r"(?:como|quien) (?:lo )?(?:sabes?|dice)(?: eso)?"
    r")"
)
_WHY = re.compile(
    _LEAD + r"(?:eso )?(?:por ?que(?: (?:es |esta )?(?:asi|eso|si|no))?|a que se debe(?: eso)?|"
    r"como (?:que (?:si|no)|asi)|cual es la razon)|y eso"
)


def doubt_of(folded: str) -> Doubt | None:
    """What a message, given as its folded words, asks of the last answer; None if it asks for
    anything else."""
    if _WHY.fullmatch(folded):
        return Doubt.WHY
    return Doubt.SURE if _SURE.fullmatch(folded) else None
