"""Made-up manuals of the layout families: `make(Family.TABLE, seed)`, then write in any format.

The same family and seed always give the same manual. Each format has its own pages (a page of two
columns holds more), so the truth is asked of a manual for a format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from evals.families.blocks import Block
from evals.families.choices import Family
from evals.families.composer import Composer
from evals.families.front import contents, cover, write_after, write_before
from evals.families.headers import printed_code
from evals.families.layout import Laid, column_width, lay_out
from evals.families.office import Office, Post, draw_office
from evals.families.position_lines import PositionLines
from evals.families.position_tables import PositionTable
from evals.families.regulation import RegulationWriter
from evals.families.style import Style, draw_style
from evals.families.truth import FamilyTruth
from evals.families.unit_blocks import write_units

__all__ = ["FamilyManual", "make"]


@dataclass(frozen=True)
class Edition:
    """A manual on its pages."""

    blocks: tuple[Block, ...]
    laid: Laid
    truth: FamilyTruth


@dataclass(frozen=True)
class FamilyManual:
    """A made-up manual, on pages of one column and of two."""

    style: Style
    office: Office
    composer: Composer

    @property
    def name(self) -> str:
        """A file name's stem."""
        return f"{self.style.family}-{self.style.seed}"

    @cached_property
    def one_column(self) -> Edition:
        """Pages of one column; words are broken in the narrow cells of some."""
        return self._edition(columns=1, hyphenate=self.style.seed % 2 == 1)

    @cached_property
    def two_columns(self) -> Edition:
        """Pages of two columns, with broken words."""
        return self._edition(columns=2, hyphenate=True)

    def _edition(self, columns: int, hyphenate: bool) -> Edition:
        laid, blocks = None, list(self.composer.blocks)
        width = column_width(columns)
        # twice, since the table of contents needs the pages that it itself moves
        for _ in range(2 if self.style.contents else 1):
            listed = contents(self.composer, laid, width) if self.style.contents else []
            blocks = [*cover(self.composer), *listed, *self.composer.blocks]
            laid = lay_out(blocks, columns, hyphenate)
        assert laid is not None
        return Edition(tuple(blocks), laid, self._truth(laid))

    def _truth(self, laid: Laid) -> FamilyTruth:
        style = self.style
        return FamilyTruth(
            family=style.family,
            seed=style.seed,
            heldout=style.heldout,
            country=style.country.key,
            header=style.header,
            numerals=style.numerals,
            code=printed_code(style, self.office),
            pages=len(laid.pages),
            chapters=tuple(c.at(laid) for c in self.composer.chapters),
            units=tuple(u.at(laid) for u in self.composer.units),
        )


def make(family: Family, seed: int, positions: int | None = None) -> FamilyManual:
    """The manual of a family and seed, by default of a size of chance (9 to 30 positions)."""
    style = draw_style(family, seed)
    if positions:
        style = replace(style, positions=positions)
    office = draw_office(style)
    composer = Composer(style, office)
    _write_body(composer, Random(f"{seed}:{family}:body"))
    return FamilyManual(style, office, composer)


def _write_body(composer: Composer, rng: Random) -> None:
    titles, posts = composer.style.labels.chapters, composer.office.posts
    if composer.style.family is Family.REGULATION:
        RegulationWriter(composer, rng).write()
        return
    write_before(composer, rng)
    if composer.style.family in (Family.TABLE, Family.LABELLED):
        composer.chapter(titles["sheets"])
        _write_positions(composer, posts, rng)
    elif composer.style.family is Family.ATTRIBUTIONS:
        composer.chapter(titles["attributions"])
        write_units(composer, posts, rng)
    else:
        some = len(posts) // 2 if composer.style.family is Family.MIXED else len(posts)
        composer.chapter(titles["units"])
        write_units(composer, posts[:some], rng)
        if posts[some:]:
            composer.chapter(titles["sheets"])
            _write_positions(composer, posts[some:], rng)
    write_after(composer, rng)


def _write_positions(composer: Composer, posts: Sequence[Post], rng: Random) -> None:
    is_labelled = composer.style.family is Family.LABELLED
    for at, post in enumerate(posts):
        if at and composer.style.page_per_unit:
            composer.new_page()
        sheet = PositionLines if is_labelled else PositionTable
        sheet(composer, post, rng).print()
