"""Everything that answering needs to know of one manual, built once and shared by all turns."""

from functools import cached_property
from typing import TYPE_CHECKING

from assistant.answering.discrepancies import Discrepancies
from assistant.structure.collaboration import Collaborations
from assistant.structure.mention import Mention
from assistant.structure.naming import NameIndex
from assistant.structure.orgchart import OrgChart
from assistant.understanding.reading import Linker
from assistant.understanding.understand import Interpreter, mentions_in
from corpus.model import Manual

if TYPE_CHECKING:
    from assistant.understanding.aspect_reader import AspectReader


class Knowledge:
    """A manual with its names, its reporting lines and its interpreter."""

    def __init__(self, manual: Manual, reader: "AspectReader | None" = None) -> None:
        """Without a `reader`, which tells what is asked, no question can be understood; charts and
        audits need none."""
        self.manual = manual
        self.names = NameIndex(manual)
        self._reader = reader

    @cached_property
    def chart(self) -> OrgChart:
        """The reporting lines."""
        return OrgChart(self.manual, self.names)

    @cached_property
    def linker(self) -> Linker:
        """Finds what a text names of this manual."""
        return Linker(self.manual, self.names)

    @cached_property
    def interpreter(self) -> Interpreter:
        """Understands questions on this manual. Raises LookupError without a reader."""
        if self._reader is None:
            raise LookupError("questions need a reader")
        return Interpreter(self.manual, self.names, self.linker, self._reader)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The positions that a cleaned text names, whatever it asks."""
        return mentions_in(text, self.linker)

    @cached_property
    def collaborations(self) -> Collaborations:
        """Which positions the functions name."""
        return Collaborations(self.manual, self.mentions)

    @cached_property
    def discrepancies(self) -> Discrepancies:
        """Where the manual contradicts itself."""
        return Discrepancies(self.manual, self.names, self.chart)
