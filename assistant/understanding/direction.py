"""Whether a question on reporting lines looks up or down from the position that it names.

"¿A quién le reporta X?" and "¿quién le reporta a X?" hold the same words: it is their grammar that
tells them apart, which a sentence's vector hardly shows. Only unmistakable grammar decides here.
"""

import re
from enum import StrEnum

_NAME = (
    r"(?:el |la |los |las |un |una )?"
    r"(?:@|(?:mi|su|sus|ese|esa|este|esta|ellos|ellas|el|ella)\b)"
)
_WORKS_FOR = (
    r"(?:reporta|depende|responde|rinde|obedece|informa|trabaja|entrega cuentas|da cuentas)n?"
)
_HEADS = (
    r"(?:manda|dirige|supervisa|coordina|encabeza|lidera|comanda|gobierna|controla|evalua|vigila|"
    r"ordena|instruye|corrige|califica|regana)n?"
)
_UNIT = r"(?:puesto|area|persona|direccion|jefatura|coordinacion)s?"
_WHOM = rf"(?:quien|quienes|que {_UNIT}|cual|cuales)"
_BOSS = r"(?:el |la |l[oa]s )?(?:jef[ea]s?|superior(?:es)?|patron)\b"
_NOT_AFTER = r"(?<!\ba )(?<!\bante )(?<!\bde )(?<!\bcon )(?<!\bbajo )"
_UP = re.compile(
    "|".join(
        [
            rf"\b(?:a|ante|de|con|para|por|bajo) {_WHOM} (?:le |les |se |es que |debe[n]? )*"
            rf"{_WORKS_FOR}\b(?! (?:a|de|del|al) {_NAME})",
            rf"{_NOT_AFTER}\b{_WHOM} (?:es |son )?{_BOSS}(?! (?:tiene|hay))",
            rf"{_NOT_AFTER}\b{_WHOM} (?:le |lo |la |les |los )?{_HEADS} (?:a |al |en )?{_NAME}",
            rf"{_NOT_AFTER}\b{_WHOM} (?:le|lo|la|les|los|las|nos|me) {_HEADS}$",
            rf"\b{_WHOM} (?:esta|va) (?:arriba|encima|por encima)\b",
            rf"\b(?:depende|reporta|responde) {_NAME} (?:a|de|ante) {_WHOM}\b",
            rf"\bbajo (?:las ordenes|el mando|la supervision|la direccion) de {_WHOM}\b",
            rf"\ba {_WHOM} (?:esta|estan|queda) (?:subordinad|adscrit)",
        ]
    )
)
_DOWN = re.compile(
    "|".join(
        [
            rf"{_NOT_AFTER}\b{_WHOM} (?:mas )?(?:le |les |se )?{_WORKS_FOR} "
            r"(?:directo |directamente |todos )?(?:a|al|de|del|ante|con|para|en|bajo)\b",
            rf"{_NOT_AFTER}\b{_WHOM} (?:le|les|me|nos) {_WORKS_FOR}$",
            rf"\ba {_WHOM} (?:le |les |lo |la |los |mas )*{_HEADS}\b",
            rf"\ba {_NAME} (?:le|les) {_WORKS_FOR}\b",
            rf"\ba quien mando\b|\bsobre {_WHOM}\b",
            rf"\b(?:de|a) {_WHOM} (?:es |son )?(?:el |la )?(?:jef[ea]|superior)",
            r"\bsus? subordinad|\bsubordinad\w+ (?:de|tiene)|\b(?:a|bajo) su (?:cargo|mando)",
            r"\ba cargo de (?:la |el )?@|\bbajo el mando\b(?! de quien)|\bdebajo de\b",
            r"\bpor debajo\b|\bsu gente\b|\bpersonal de\b",
            rf"\b(?:dependen|reportan|responden) (?:de|del|a|al) {_NAME}",
        ]
    )
)

BETWEEN = re.compile(
    r"\b(?:quien(?:es)?|que (?:puestos?|jef[ea]s?|niveles)|que(?= (?:hay|existe|queda))|"
    r"cuant[oa]s \w+|puestos|niveles|jefes) (?:es |son )?"
    r"(?:(?:que )?(?:estan?|hay|existen?|quedan?|van?) )?(?:de por medio )?"
    r"(?:entre|en medio de) .* (?:y|e) "
)
"""What asks who stands between two: "¿quién está entre X y Y?"."""
LEVEL_OF = re.compile(r"\b(?:(?:en|a|de) que nivel|que nivel (?:jerarquico )?(?:tiene|ocupa))\b")
"""What asks at which level a position is."""
OF_A_RANK = re.compile(
    r"(?:y |dime |dame )?(?:quienes|cuales)? ?(?:son )?(?:las|los) (\w+s) (?:del?|en) "
    r"(?:la |el )?(?:\w+ ?){1,4}?(?: (?:quienes|cuales) son)?"
)
"""What asks for the units of a rank in another: "los coordinadores de Egresos quiénes son"."""


class Direction(StrEnum):
    """Where the question looks."""

    UP = "up"
    DOWN = "down"


ON_LINES = frozenset(
    {
        *("reports_to", "direct_reports", "all_reports", "boss_of_boss", "chain", "peers"),
        *("reports_check", "chain_between", "common_boss", "count:reports", "superlative:reports"),
    }
)
"""The labels that ask for reporting lines."""
_OPPOSITE = {
    ("reports_to", Direction.DOWN): "direct_reports",
    ("boss_of_boss", Direction.DOWN): "direct_reports",
    ("direct_reports", Direction.UP): "reports_to",
    ("all_reports", Direction.UP): "chain",
    ("chain", Direction.DOWN): "all_reports",
}


def direction_of(folded: str) -> Direction | None:
    """The direction of a folded question, its names masked; None where its grammar leaves it open
    or says both."""
    up, down = bool(_UP.search(folded)), bool(_DOWN.search(folded))
    if up == down:
        return None
    return Direction.UP if up else Direction.DOWN


def turned(label: str, direction: Direction | None) -> str:
    """The label, turned where it looks the other way."""
    return _OPPOSITE.get((label, direction), label) if direction is not None else label
