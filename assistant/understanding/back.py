"""Words that point: at the one who asks, or back at what was spoken of."""

import re

FIRST_PERSON = re.compile(r"\b(?:mi|mis|me|soy|yo|entre|tengo|hago|hare|estoy)\b")
_THAT_UNIT = r"(?:puesto|area|persona|cargo|jefatura|coordinacion|direccion|unidad)"
REFERS_BACK = re.compile(
    rf"\b(?:su|sus|el|ella|ellos|ellas|le|les|lo|la|es[ae] {_THAT_UNIT}|est[ae] {_THAT_UNIT}|"
    r"dich[oa]|ahi|es[ae]|eso|est[eao])\b"
)
FOLLOWS = re.compile(r"^(?:y|e|o|pero|entonces|tambien|ahora|ok|ah)\b")
