"""Personal data in a text, masked before the text is stored or logged.

A mask keeps the shape of what it hides: digits become 0 and letters x. So a masked question has as
many words, at the same places, as the one that was typed.
"""

import re

_CURP = r"\b[a-zñ]{4}[ -]?\d{6}[ -]?[hmx][a-z]{5}[ -]?[a-z0-9]\d\b"
_RFC_START = r"(?:\b|(?=&))"
"""A company's RFC may begin with "&", which is at no word boundary after a space."""
_RFC = rf"{_RFC_START}[a-zñ&]{{3,4}}[ -]?\d{{6}}[ -]?[a-z0-9]{{2}}[a0-9]\b"
_RFC_WITHOUT_KEY = rf"{_RFC_START}[a-zñ&]{{4}}[ -]?\d{{6}}\b"
_EMAIL = r"[\w.+%-]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63})+"
_BETWEEN = r"[ .()/–-]{0,3}"
_PHONE = rf"(?<![\w.])(?:\+|\()?\d(?:{_BETWEEN}\d){{9,14}}(?![\w])"
"""Ten digits or more, however they are grouped."""
_LOCAL_PHONE = r"(?<![\w.])\d{3,4}[ -]\d{4}(?![\w])|(?<![\w.])\d{7,8}(?![\w])"
_YEARS = re.compile(r"(?:19|20)\d\d[ -](?:19|20)\d\d")
_SECTION = re.compile(r"(?=.*\b\d\b)\d{1,2}(?:\.\d{1,2})+")
"""A section's number, however deep: other than a telephone's, some of its parts are one digit."""
_PERSONAL = re.compile(
    "|".join(
        f"(?:{kind})" for kind in (_EMAIL, _CURP, _RFC, _RFC_WITHOUT_KEY, _PHONE, _LOCAL_PHONE)
    ),
    re.I,
)


def mask_personal_data(text: str) -> str:
    """The text with every CURP, RFC, telephone number and e-mail address masked.

    It masks too much rather than too little: a long number that is none of these goes too.
    """
    return _PERSONAL.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    if _YEARS.fullmatch(found[0]) or _SECTION.fullmatch(found[0]):
        return found[0]
    return "".join("0" if c.isdigit() else "x" if c.isalpha() else c for c in found[0])
