"""What was found, against what was due: precision and recall."""

from dataclasses import dataclass


@dataclass
class Count:
    """Right ones, of those that were found, and of those that were due."""

    right: int = 0
    found: int = 0
    due: int = 0

    def add(self, other: "Count") -> None:
        """Count the other's too."""
        self.right += other.right
        self.found += other.found
        self.due += other.due

    @property
    def recall(self) -> float | None:
        """Of what was due, the share that was found right; None where nothing was due."""
        return self.right / self.due if self.due else None

    @property
    def precision(self) -> float | None:
        """Of what was found, the share that is right; None where nothing was found."""
        return self.right / self.found if self.found else None
