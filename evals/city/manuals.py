"""Made-up manuals of many dependencies in many municipalities, with other codes and names each."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from random import Random

from evals.generated.truth import GeneratedManual, Truth
from evals.generated.vocabulary import dependency
from evals.generated_manuals import dependency_keys, generate
from ingest import SourceText

_PREFIXES = ("Ama", "Cuau", "Hue", "Ixta", "Maza", "Naha", "Ocui", "Tepe", "Xalo", "Zaca")
_SUFFIXES = ("chapan", "huacán", "lucan", "pantla", "tenango", "titlán", "tepec", "zingo")
MUNICIPALITIES = tuple(prefix + suffix for suffix in _SUFFIXES for prefix in _PREFIXES)
"""Single words, none of which is a word of the manuals."""


@dataclass(frozen=True)
class CityManual:
    """A made-up manual of a dependency of a municipality."""

    code: str
    municipality: str
    text: str
    truth: Truth
    """As of the manual that it was made from: code and municipality are another's."""


@dataclass(frozen=True)
class CityQuestion:
    """A question, and the codes of the manuals that may answer it."""

    text: str
    structural: bool
    right: frozenset[str]


def manuals(
    number: int, written: int = len(MUNICIPALITIES), first_seed: int = 1
) -> Iterator[CityManual]:
    """So many manuals: all dependencies of a municipality, then those of the next.

    Those of the first `written` municipalities are written, from seeds that begin with
    `first_seed`; the others have their texts, under names and codes of their own.
    """
    return islice(_all(written, first_seed), number)


def source_of(manual: CityManual) -> SourceText:
    """Its text as if it were read from a file."""
    return SourceText(f"{manual.code}.txt", manual.text)


def questions(of: list[CityManual], number: int, seed: int = 17) -> list[CityQuestion]:
    """So many questions, half of them on structure and half everyday ones on a topic, which name
    the municipality and never the dependency."""
    rng = Random(seed)
    asked: dict[str, CityQuestion] = {}
    while len(asked) < number:
        manual = rng.choice(of)
        made = _structural(manual, rng) if len(asked) % 2 else _topical(manual, of, rng)
        asked.setdefault(made.text, made)
    return list(asked.values())


def _all(written: int, first_seed: int) -> Iterator[CityManual]:
    keys = dependency_keys()
    seeds = count(first_seed)
    bases: list[GeneratedManual] = []
    for at, municipality in enumerate(MUNICIPALITIES):
        for place, key in enumerate(keys):
            if at < written:
                base = next(
                    made
                    for seed in seeds
                    if " " not in (made := generate(seed, None, (), key)).truth.municipality
                )
                bases.append(base)
            else:
                base = bases[at % written * len(keys) + place]
            truth = base.truth
            acronym = truth.code.split("-")[1]
            code = f"MO-{acronym}-{MUNICIPALITIES.index(municipality) + 101}"
            text = base.text.replace(truth.code, code)
            for printed in (str, str.upper):
                text = text.replace(printed(truth.municipality), printed(municipality))
            yield CityManual(code, municipality, text, truth)


def _structural(manual: CityManual, rng: Random) -> CityQuestion:
    positions = manual.truth.positions[1:]
    titles = [position.title for position in positions]
    title = rng.choice([each for each in titles if titles.count(each) == 1])
    of = dependency(manual.truth.dependency_key)
    asked = rng.choice(
        (
            f"¿A quién le reporta la {title} {of.genitive} de {manual.municipality}?",
            f"En {manual.municipality}, {of.with_article}: ¿qué funciones tiene la {title}?",
            f"¿Cuál es el objetivo de la {title} {of.genitive} de {manual.municipality}?",
            f"¿Quién le reporta a la {title} {of.genitive} en {manual.municipality}?",
        )
    )
    return CityQuestion(asked, True, frozenset({manual.code}))


def _topical(manual: CityManual, of: list[CityManual], rng: Random) -> CityQuestion:
    own = dependency(manual.truth.dependency_key)
    asks = [
        topical
        for topical in manual.truth.topical
        if topical.answers and not _of_any_dependency(topical.answers[0][0], manual.truth)
    ]
    if not asks:
        return _structural(manual, rng)
    asked = rng.choice(asks)
    question = f"{asked.question.rstrip()} (vivo en {manual.municipality})"
    right = {
        each.code
        for each in of
        if each.municipality == manual.municipality
        and (each.code == manual.code or each.truth.dependency_key in own.overlaps)
    }
    return CityQuestion(question, False, frozenset(right))


def _of_any_dependency(number: str, truth: Truth) -> bool:
    """Whether a sheet is of the liaison direction or the head's office, which all manuals have."""
    branch = number.split(".")[0]
    title = truth.position(branch).title
    return "Enlace" in title or branch == "1"
