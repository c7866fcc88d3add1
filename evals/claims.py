"""Claims: sentences with the passages they cite, of which is known whether they follow from them.

They measure the verification of what a language model writes, without a model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.answer import Citation
from assistant.answering.knowledge import Knowledge
from assistant.writing.passages import Passage, numbered_passages
from assistant.writing.reply import Sentence
from corpus.errors import AsistenteError
from corpus.model import Manual, Section
from evals.gold import GOLD_FOLDER
from evals.gold_sets import CLAIMS, Split, source_of
from ingest import parse_manual, read_source


class ClaimsError(AsistenteError):
    """A claims set can't be used."""


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CitedQuote(_Line):
    """What a claim cites."""

    section: str
    quote: str
    """As the section prints it, white space aside."""


class GoldClaim(_Line):
    """One line of a claims set."""

    id: str
    question: str
    sentence: str
    passages: list[CitedQuote]
    supported: bool
    fault: str | None = None
    """What is wrong with a claim that isn't supported."""
    note: str = ""

    @property
    def cites_all(self) -> Sentence:
        """The claim as if a model had written it, citing all that it was given."""
        return Sentence(self.sentence, tuple(range(1, len(self.passages) + 1)))


@dataclass(frozen=True)
class ClaimSet:
    """The claims of one file, and what there is to know of their manual."""

    name: str
    split: Split
    knowledge: Knowledge
    claims: tuple[GoldClaim, ...]

    def passages(self, claim: GoldClaim) -> tuple[Passage, ...]:
        """What a claim cites, as a model would be given it. Raises ClaimsError."""
        return numbered_passages(
            [_citation(self.knowledge.manual, each, claim.id) for each in claim.passages]
        )


def claim_sets(
    splits: Sequence[Split], manuals_dir: Path, folder: Path = GOLD_FOLDER
) -> Iterator[ClaimSet]:
    """The sets `claims-CODE.SPLIT.jsonl` of a folder. Raises ClaimsError and IngestError."""
    for file in sorted(folder.glob(f"{CLAIMS}*.jsonl")):
        code, split = file.stem.removeprefix(CLAIMS).rsplit(".", 1)
        if split not in splits:
            continue
        source = source_of(code.upper(), manuals_dir)
        if source is None:
            raise ClaimsError(f"{file.name}: no se encontró su manual.")
        knowledge = Knowledge(parse_manual(read_source(source)))
        yield ClaimSet(file.stem, Split(split), knowledge, tuple(read_claims(file)))


def read_claims(path: Path) -> Iterator[GoldClaim]:
    """The claims of a JSON Lines file. Raises ClaimsError."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield GoldClaim.model_validate_json(line)
            except ValidationError as error:
                raise ClaimsError(f"{path.name}, línea {number}: {error}") from error


def _citation(manual: Manual, cited: CitedQuote, claim: str) -> Citation:
    section = manual.section(cited.section)
    quote = " ".join(cited.quote.split())
    found = _found(section, quote) if section is not None and quote else None
    if section is None or found is None:
        raise ClaimsError(f"{claim}: la sección {cited.section} no imprime «{quote}».")
    page, function = found
    return Citation(
        manual=manual.code,
        section=section.number,
        title=section.title,
        page=page,
        function=function,
        quote=quote,
    )


def _found(section: Section, quote: str) -> tuple[int, int | None] | None:
    """Page and function of a quote; one that spans several passages is of the first's page."""
    for passage in section.passages:
        if quote in " ".join(passage.text.split()):
            return passage.page, passage.function
    for page in range(section.page, section.last_page + 1):
        own = " ".join(section.text_on(page).split())
        following = " ".join(section.text_on(page + 1).split())
        at = f"{own} {following}".find(quote)
        if -1 < at < len(own):
            return page, None
    return None
