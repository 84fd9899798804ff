"""What memory needs from above; `app.py` marries it."""

from __future__ import annotations

from typing import Protocol


class Place(Protocol):
    """Whose memory is meant: the projects to read, and the one to write to."""

    def reading(self, project: str | None = None) -> tuple[str, ...]:
        """Return the ids of a project's family, its own first; () where it is not known yet.

        Writes nothing. None means the current project.

        Raises:
            VgxnessError: `unknown_project` where a project is named and nobody knows it.
        """
        ...

    def writing(self) -> tuple[str, ...]:
        """Return the ids of the current project's family, the one to write to first.

        The project is recorded on demand, in a transaction of its own.
        """
        ...
