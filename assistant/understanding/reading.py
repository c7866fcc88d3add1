"""A question read: its words, and which positions and sections it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.lexicon import load
from assistant.structure.mention import Mention
from assistant.structure.mentions import find_mentions, narrowed_by_each_other
from assistant.structure.naming import NameIndex, Rank, same_word
from assistant.structure.posts import Posts
from assistant.structure.tokens import Token, tokenize
from assistant.understanding.aspect_reader import masked
from assistant.understanding.back import FIRST_PERSON
from assistant.understanding.focus import Focus
from assistant.understanding.sections import named_numbers, titled_sections
from assistant.understanding.spelling import Speller
from assistant.understanding.types import Intent, Understanding
from corpus.model import Manual, Position, Section
from corpus.spanish import fold, words

_COURTESIES = frozenset(["secretaria", "dependencia", "oye", "hola"])
_SECTION_WORDS = """
    capitulo apartado parte seccion inciso titulo numeral trata habla contiene contenido explica
    indica menciona texto viene resumen resumeme
"""
_OF_A_SECTION = frozenset(_SECTION_WORDS.split())
_BEFORE_A_NAME = frozenset(["", "la", "el", "del", "de", "al", "a", "puesto", "y", "que"])
_WHICH = frozenset(["que", "cual", "cuales", "alguna", "algun"])
_NUMERAL = re.compile(r"[ivx]+|[a-h]")
_WHETHER = re.compile(
    r"\W*(?:(?:y|oye|pero|entonces) )*(?:(?:es )?(?:cierto|verdad) que|acaso|a ?poco|"
    r"(?:confirm|dig|verifi)\w+ (?:por favor )?si|(?:dime|sabes?) si)\b|"
    r".*\b(?:verdad|cierto|o no|a poco no)$"
)
_ASKS_WHICH = re.compile(
    r"\b(?:quien(?:es)?|cual(?:es)?|cuant[oa]s?|donde|dime|dame|lee(?:me)?|quiero|necesito|explica)\b"
)
_ASKS_WHAT = re.compile(r"(?:\w+ )?(?:que|como|cuando)\b")
_ACCENTED = re.compile(r"\b(?:qué|cómo|cuándo)\b", re.IGNORECASE)


@cache
def frame() -> frozenset[str]:
    """Folded words with which one asks about a position."""
    return frozenset(load("frame")["words"].split())


@dataclass(frozen=True)
class Reading:
    """A question with its words, what it names, and the conversation that it stands in."""

    tokens: tuple[Token, ...]
    folded: str
    asking: str
    """The folded words with "@" for each position that is named."""
    masked: str
    """The question as typed, the names of positions masked for the model."""
    base: Understanding
    """What is named and expected; its intent is still TOPIC."""
    residue: tuple[Token, ...]
    """Content words that neither frame the question nor name what it is about."""
    focus: Focus

    @property
    def named(self) -> tuple[Mention, ...]:
        """The mentions that say more than a rank that several positions have."""
        return tuple(m for m in self.base.mentions if not is_bare(m))

    @property
    def known(self) -> tuple[Mention, ...]:
        """Those of `named` that the manual has a sheet for."""
        return tuple(m for m in self.named if m.candidates)

    @property
    def missing(self) -> str | None:
        """What the question names and the manual does not have."""
        return next((m.text for m in self.base.mentions if not m.candidates), self.base.unknown)


_BOSS_OF = re.compile(r"jef[ea] (?:del|de (?:la|el)) (?=\w)")
"""Before a person's post stands an article: "jefe *del* contador"."""


class Linker:
    """Finds what questions on one manual name."""

    def __init__(self, manual: Manual, names: NameIndex) -> None:
        self._manual = manual
        self._names = names
        self._posts = Posts(manual, names)
        self._dependency = frozenset(words(f"{manual.dependency} {manual.municipality or ''}"))
        self._speller = Speller(
            {w for section in manual.sections for w in words(section.text)},
            {
                *(w for own in names.names.values() for name in own for w in words(name.printed)),
                *(w for rank in names.ranks for w in words(rank.value)),
            },
        )

    def spelt(self, question: str) -> str:
        """The question with slips of spelling set right by the manual's own words."""
        return self._speller.correct(question)

    def read(self, question: str, focus: Focus) -> Reading:
        """Take a question apart; nothing is decided yet."""
        tokens = tuple(tokenize(question))
        folded = " ".join(t.word for t in tokens)
        mentions, sections, unknown = self._named(question, tokens)
        post = self._posts.find(tokens)
        mentions = [m for m in mentions if not self._is_boss_of_post(tokens, m, post)]
        asking = _masked(tokens, mentions)
        base = Understanding(
            question,
            Intent.TOPIC,
            tuple(mentions),
            tuple(sections),
            unknown,
            first_person=bool(FIRST_PERSON.search(folded)),
            yes_no=asks_whether(question, folded),
            post=post,
        )
        residue = self._residue(tokens, base)
        told = masked(question, tokens, [m for m in mentions if not is_bare(m)])
        return Reading(tokens, folded, asking, told, base, residue, focus)

    def naming(self, reading: Reading, mention: Mention) -> Reading:
        """The same question with one more name in it, which is then masked too."""
        mentions = tuple(sorted((*reading.base.mentions, mention), key=lambda m: m.start))
        base = replace(reading.base, mentions=mentions)
        return replace(
            reading,
            asking=_masked(reading.tokens, mentions),
            masked=masked(base.question, reading.tokens, [m for m in mentions if not is_bare(m)]),
            base=base,
            residue=self._residue(reading.tokens, base),
        )

    def _named(
        self, question: str, tokens: Sequence[Token]
    ) -> tuple[list[Mention], list[Section], str | None]:
        mentions = narrowed_by_each_other(tokens, find_mentions(tokens, self._names), self._names)
        mentions = [m for m in mentions if not _asks_which(tokens, m)]
        if len(mentions) > 1:  # "el titular de …" says who, the rest of it says of what
            mentions = [m for m in mentions if fold(m.text) not in {"titular", "titulares"}]
        sections: list[Section] = []
        unknown: str | None = None
        for number in named_numbers(question):
            position = self._manual.position(number) or self._listed(number)
            section = self._manual.section(number)
            if position is not None:
                mentions = _with_number(mentions, position, number)
            elif section is not None:
                sections.append(section)
            else:
                unknown = unknown or number
        sections += [s for s in titled_sections(tokens, self._manual) if s not in sections]
        return mentions, sections, unknown

    def _is_boss_of_post(
        self, tokens: Sequence[Token], mention: Mention, post: Mention | None
    ) -> bool:
        """Whether "el jefe del auxiliar contable" names no title but a post, of which the boss is
        meant: no sheet has such a title, and one has that of the post, or lists it."""
        said = tokens[mention.start : mention.end]
        of = _BOSS_OF.match(" ".join(t.word for t in said))
        if mention.candidates or of is None:
            return False
        start = mention.start + len(of[0].split())
        if post is not None and post.start == start:
            return True
        topic = [t.word for t in tokens[start : mention.end] if t.is_content]
        return any(
            name.rank is None
            and len(name.topic) == len(topic)
            and all(map(same_word, name.topic, topic))
            for own in self._names.names.values()
            for name in own
        )

    def _listed(self, number: str) -> Position | None:
        """The sheet that chapter VIII lists under a number that no sheet has."""
        title = next((e.title for e in self._manual.structure if e.number == number), None)
        return self._names.resolve(title) if title else None

    def _residue(self, tokens: Sequence[Token], base: Understanding) -> tuple[Token, ...]:
        post = () if base.post is None else (base.post,)
        named = {i for m in (*base.mentions, *post) for i in range(m.start, m.end)}
        title = {w for s in base.sections for w in fold(s.title).split()}
        said = frame() | title | self._dependency | _COURTESIES
        if base.sections or any(m.end == m.start for m in base.mentions):
            said |= _OF_A_SECTION
            said |= {t.word for t in tokens if _NUMERAL.fullmatch(t.word)}
        return tuple(
            t
            for i, t in enumerate(tokens)
            if t.is_content and i not in named and t.word not in said and not t.word[0].isdigit()
        )


def _asks_which(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a rank is asked for rather than named: "¿qué coordinación se encarga …?"."""
    before = tokens[mention.start - 1].word if mention.start else ""
    return mention.end - mention.start == 1 and mention.rank is not None and before in _WHICH


def asks_whether(question: str, folded: str) -> bool:
    """Whether a question, given also as its folded words, is answered by Sí or No: it says that it
    asks whether something is so, or is a question without a word that asks for anything else."""
    if _WHETHER.match(folded):
        return True
    asks = _ASKS_WHICH.search(folded) or _ASKS_WHAT.match(folded) or _ACCENTED.search(question)
    return "?" in question and not asks


def is_bare(mention: Mention) -> bool:
    """Whether a mention is a rank with no topic, where several positions have that rank."""
    short = mention.end - mention.start <= 1
    return len(mention.candidates) > 1 and short and mention.rank is not None


def only_institution(mentions: Sequence[Mention]) -> bool:
    """Whether nothing is named but "la Secretaría": the dependency rather than its head."""
    return bool(mentions) and all(
        m.rank is Rank.HEAD and fold(m.text).startswith("secretaria") for m in mentions
    )


def _masked(tokens: Sequence[Token], mentions: Sequence[Mention]) -> str:
    """The folded question with "@" for each position that it names, so that the words of a
    title are not taken for a question ("jefe de oficina" asks for nobody's boss)."""
    said = [t.word for t in tokens]
    for mention in mentions:
        if not is_bare(mention) and mention.end > mention.start:
            holder = "titular " if tokens[mention.start].word.startswith("titular") else ""
            filler = [""] * (mention.end - mention.start - 1)
            said[mention.start : mention.end] = [f"{holder}@", *filler]
    numbers = {m.text for m in mentions if m.end == m.start}
    said = [
        "@" if word in numbers and before in _BEFORE_A_NAME else word
        for before, word in zip(["", *said], said, strict=False)
    ]
    return re.sub(r" +", " ", " ".join(w for w in said if w))


def _with_number(mentions: list[Mention], position: Position, number: str) -> list[Mention]:
    """The mentions, with a number settling the one that it belongs to, or as one of its own."""
    for i, mention in enumerate(mentions):
        if position in mention.candidates:
            settled = replace(mention, candidates=(position,))
            return [*mentions[:i], settled, *mentions[i + 1 :]]
    return [*mentions, Mention(number, 0, 0, None, (position,))]
