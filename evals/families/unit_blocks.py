"""Units under headings: objective and functions, or attributions only."""

from collections.abc import Iterator, Sequence
from itertools import count
from random import Random

from evals.families.blocks import Text, TextKind
from evals.families.choices import Family, UnitNumber
from evals.families.composer import Composer, Said, UnitDraft
from evals.families.numerals import marker
from evals.families.office import Post


def unit_numbers(composer: Composer, posts: Sequence[Post]) -> Iterator[str | None]:
    """The number that is printed before each unit."""
    kind = composer.style.unit_number
    budget = count(20706000000000, 100_000)
    for post in posts:
        if kind is UnitNumber.NONE:
            yield None
        elif kind is UnitNumber.BUDGET:
            yield f"{next(budget)}L"
        elif kind is UnitNumber.UNDER_CHAPTER:
            yield f"{composer.chapter_count}.{post.number}"
        else:
            yield post.number


def write_units(composer: Composer, posts: Sequence[Post], rng: Random) -> None:
    """All units, in the layout of the style's family."""
    style = composer.style
    numbers = list(unit_numbers(composer, posts))
    for at, (post, number) in enumerate(zip(posts, numbers, strict=True)):
        if at and style.page_per_unit:
            composer.new_page()
        title = composer.capitals(post.unit)
        dot = "." if number and style.unit_number is not UnitNumber.BUDGET else ""
        heading = Text(title, TextKind.HEADING, f"{number}{dot}" if number else "", level=2)
        draft = UnitDraft(title, number, composer.add(heading))
        composer.units.append(draft)
        if style.family is Family.ATTRIBUTIONS:
            _attributions(composer, post, draft)
        else:
            _objective_and_functions(composer, post, draft, rng)


def write_items(composer: Composer, post: Post, draft: UnitDraft) -> None:
    """The functions, each with the style's marker."""
    for n, function in enumerate(post.functions, 1):
        item = composer.put(
            function, TextKind.ITEM, marker(composer.style.marker, n, composer.style.bullet)
        )
        draft.functions.append(Said(function, item))


def sentence(template: str, post: Post) -> str:
    """A sentence on a unit, with its article."""
    unit = f"{post.article} {post.unit}"
    said = template.format(unit=unit, Unit=unit[0].upper() + unit[1:])
    return said.replace(" de el ", " del ").replace(" a el ", " al ")


def _objective_and_functions(composer: Composer, post: Post, draft: UnitDraft, rng: Random) -> None:
    labels = composer.style.labels
    lead = composer.capitals(labels.unit_objective)
    if composer.style.inline_objective:
        lead = lead if lead.endswith(":") else f"{lead}:"
        objective = composer.put(post.objective, marker=lead)
    else:
        composer.add(Text(lead, TextKind.LABEL, level=3))
        objective = composer.put(post.objective)
    draft.objective = Said(post.objective, objective)
    if post.functions or rng.random() < 0.3:
        composer.add(Text(composer.capitals(labels.unit_functions), TextKind.LABEL, level=3))
        if not post.functions:
            composer.put(labels.none)
    write_items(composer, post, draft)


def _attributions(composer: Composer, post: Post, draft: UnitDraft) -> None:
    labels = composer.style.labels
    if composer.style.sentences:
        composer.put(sentence(labels.attributions_sentence, post))
    else:
        composer.add(Text(composer.capitals(labels.unit_attributions), TextKind.LABEL, level=3))
    write_items(composer, post, draft)
