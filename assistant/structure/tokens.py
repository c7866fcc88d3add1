"""A question as a list of folded words that remember where they stand in it."""

import re
from dataclasses import dataclass

from corpus.spanish import STOPWORDS, fold, stem

_WORD = re.compile(
    r"sub[ -](?=ge?re?nc|gerent|gcia|direc|coord|jef|secret)[a-z]+|[a-z0-9]+(?:\.[0-9]+)*"
)
"""A word, or a number; a rank that is written apart is one word: "Sub Gerencia"."""
_GENDER_MARK = re.compile(r"\((?:a|o|as|os|es)\)", re.I)

_CUT_SHORT = """
    coord coordi dir direc subdir jef depto dpto gral lic ing sria srio sub und ofna secc impto
    imptos rec serv adm admon admin admva mpal pub desarr seg mant tec prog presup proy hum mat
    jur soc econ
"""
_SHORTENED = frozenset(_CUT_SHORT.split())
"""Words after which a full stop only says that they are cut short."""
BREAKING_WORDS = frozenset(
    [
        "que",
        "quien",
        "quienes",
        "cual",
        "cuales",
        "cuanto",
        "cuanta",
        "cuantos",
        "cuantas",
        "donde",
        "como",
        "cuando",
        "porque",
        "si",
        "le",
        "les",
        "se",
        "es",
        "son",
        "esta",
        "estan",
        "tiene",
        "tienen",
        "hace",
        "hacen",
        "hay",
        "reporta",
        "reportan",
        "depende",
        "dependen",
        "debe",
        "deben",
        "puede",
        "pueden",
        "pertenece",
        "luego",
        "despues",
        "entonces",
        "ademas",
    ]
)
"""Words at which the name of a position in a question surely ends."""


@dataclass(frozen=True)
class Token:
    """One word of a question."""

    word: str
    typed: str
    """The word as the person typed it."""
    after_break: bool
    """Whether punctuation stands between the word before and this one."""
    at: int = 0
    """Index of its first character in the question."""

    @property
    def is_content(self) -> bool:
        return self.word not in STOPWORDS

    @property
    def stem(self) -> str:
        return stem(self.word)


def tokenize(question: str) -> list[Token]:
    """The folded words of a question, in order; gender marks such as "(a)" dropped."""
    masked = _GENDER_MARK.sub(lambda m: " " * len(m[0]), question)
    # fold() maps composed characters one to one, so offsets stay those of the question
    folded = fold(masked)
    tokens: list[Token] = []
    last = 0
    for match in _WORD.finditer(folded):
        between = folded[last : match.start()]
        if tokens and tokens[-1].word in _SHORTENED:
            between = between.removeprefix(".")
        broken = bool(tokens) and any(c in ',;:.?!¿¡()"«»“”\n' for c in between)
        typed = question[match.start() : match.end()]
        word = match[0].replace(" ", "").replace("-", "")
        tokens.append(Token(word, typed, broken, match.start()))
        last = match.end()
    return tokens
