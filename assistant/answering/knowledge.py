"""Everything that answering needs to know of one manual, built once and shared by all turns."""

from functools import cached_property

from assistant.answering.discrepancies import Discrepancies
from assistant.structure.collaboration import Collaborations
from assistant.structure.naming import NameIndex
from assistant.structure.orgchart import OrgChart
from assistant.understanding.understand import Interpreter
from corpus.model import Manual


class Knowledge:
    """A manual with its names, its reporting lines and its interpreter."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.names = NameIndex(manual)

    @cached_property
    def chart(self) -> OrgChart:
        """The reporting lines."""
        return OrgChart(self.manual, self.names)

    @cached_property
    def interpreter(self) -> Interpreter:
        """Understands questions on this manual."""
        return Interpreter(self.manual, self.names)

    @cached_property
    def collaborations(self) -> Collaborations:
        """Which positions the functions name."""
        return Collaborations(self.manual, self.interpreter.mentions)

    @cached_property
    def discrepancies(self) -> Discrepancies:
        """Where the manual contradicts itself."""
        return Discrepancies(self.manual, self.names, self.chart)
