"""Sessions: one sitting of an agent, from its start to its summary."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from vgxness.contract.storage import Writer
from vgxness.errors import VgxnessError
from vgxness.memory import bounds
from vgxness.memory.admission import Admitted, admit, provenance_screened, screened
from vgxness.memory.desk import Desk
from vgxness.memory.models import Provenance, Saved, Session, SessionEnd
from vgxness.memory.places import project_of
from vgxness.memory.service.saves import put
from vgxness.memory.store import observations, sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a session is to end.

    Attributes:
        session: its id; None ends a session that was never started here, in one go.
        title: of the stored summary; "" takes its first line.
    """

    summary: str
    session: str | None = None
    title: str = ""
    provenance: Provenance = field(default_factory=Provenance)


class Sessions:
    """The verbs of sessions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def start(self, *, goal: str = "", provenance: Provenance | None = None) -> Session:
        """Begin a session in the current project and return it.

        Raises:
            VgxnessError: `too_large` for a goal over 200 characters, or `memory_refused`.
        """
        text = bounds.one_line(bounds.storable(goal))
        if len(text) > bounds.MAX_TITLE:
            raise VgxnessError(
                "too_large",
                f"The goal has over {bounds.MAX_TITLE} characters.",
                hint="Say it in one short line; nothing was stored.",
            )
        goal = screened("goal", text)[0] if text else ""
        origin = provenance_screened(provenance or Provenance())
        project = self._desk.place.writing()[0]
        with self._desk.engine.writing() as writer:
            return self._begin(writer, project, goal, origin)

    def draft(self, id: str, text: str) -> Session:
        """Leave an interim summary, so that a session that dies is not lost; it replaces the last one.

        Raises:
            VgxnessError: `unknown_session`, `session_ended`, `too_large`, `memory_refused`.
        """
        draft, _ = screened("draft", bounds.content(text))
        with self._desk.engine.writing() as writer:
            session = _known(writer, id)
            if session.ended_at is not None:
                raise _ended(session)
            sessions.set_draft(writer, session.id, draft)
            return replace(session, draft=draft)

    def end(self, ending: Ending) -> SessionEnd:
        """Store the summary as an observation and close the session; again with the same text is no change.

        Raises:
            VgxnessError: `unknown_session`, `session_ended` where another summary stands, or as a save.
        """
        origin = ending.provenance
        text = admit(
            title=ending.title.strip(),
            content=ending.summary,
            topic_key=None,
            provenance=replace(origin, session=ending.session or origin.session),
        )
        if ending.session is None:
            places = self._desk.places_to_write("project")
            with self._desk.engine.writing() as writer:
                return self._end_unstarted(writer, text, places)
        family = self._desk.places_to_write("project")
        with self._desk.engine.writing() as writer:
            session = _known(writer, ending.session)
            if session.ended_at is not None:
                return _same_end(writer, session, text)
            return self._close(writer, session, text, family)

    def newest(self, *, limit: int = 20) -> tuple[Session, ...]:
        """Return the sessions of the project's family, the latest first.

        Raises:
            VgxnessError: `usage` for a limit outside 1 to 200.
        """
        bounds.limit(limit)
        places = self._desk.places("project")
        return self._desk.look(lambda reader: tuple(sessions.newest(reader, places, limit)), ())

    def _begin(self, writer: Writer, project: str, goal: str, origin: Provenance) -> Session:
        session = Session(
            id=self._desk.new_id("ses"),
            project_id=project,
            goal=goal,
            provider=origin.provider,
            agent=origin.agent,
            started_at=self._desk.now(),
        )
        sessions.add(writer, session)
        return session

    def _end_unstarted(self, writer: Writer, text: Admitted, places: tuple[str, ...]) -> SessionEnd:
        saved = put(writer, self._desk, text=text, kind="session-summary", places=places)
        before = sessions.find_by_summary(writer, saved.id)
        if before is not None:
            return SessionEnd(session=before, saved=saved)
        begun = self._begin(writer, project_of(places[0]) or "", "", text.provenance)
        return self._marked_ended(writer, begun, saved)

    def _close(self, writer: Writer, session: Session, text: Admitted, family: tuple[str, ...]) -> SessionEnd:
        saved = put(writer, self._desk, text=text, kind="session-summary", places=family)
        return self._marked_ended(writer, session, saved)

    def _marked_ended(self, writer: Writer, session: Session, saved: Saved) -> SessionEnd:
        now = self._desk.now()
        sessions.end(writer, session.id, now, saved.id)
        return SessionEnd(session=replace(session, ended_at=now, draft="", summary_id=saved.id), saved=saved)


def _known(writer: Writer, id: str) -> Session:
    session = sessions.find(writer, bounds.storable(id)[: bounds.MAX_NAME])
    if session is None:
        raise VgxnessError(
            "unknown_session",
            f"No session has the id {bounds.one_line(bounds.storable(id))[:40]!r}.",
            hint="End it without an id: a session is then recorded with its summary.",
        )
    return session


def _ended(session: Session) -> VgxnessError:
    return VgxnessError(
        "session_ended",
        f"{session.id} ended on {(session.ended_at or '')[:16]} with another summary; nothing was stored.",
        hint=f"vgxness memory update {session.summary_id} --content TEXT",
        details={"session": session.id, "summary": session.summary_id},
    )


def _same_end(writer: Writer, session: Session, text: Admitted) -> SessionEnd:
    head = observations.find(writer, session.summary_id or "")
    if head is None or head.content != text.content:
        raise _ended(session)
    saved = Saved(
        id=head.id,
        action="unchanged",
        revision=head.revision,
        scope="project",
        project_id=project_of(head.place),
        duplicates=head.duplicates,
        redacted=text.redacted,
        notes=text.notes,
    )
    return SessionEnd(session=session, saved=saved)
