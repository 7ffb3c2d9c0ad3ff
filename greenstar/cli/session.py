"""What the options that stand everywhere say, and what commands get from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from greenstar.cli.framework import output
from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue

if TYPE_CHECKING:
    from greenstar.assessment.answers_file import KeptSchemes, SchemeFinder
    from greenstar.scheme.model import Scheme
    from greenstar.services.workspace import Workspace
    from greenstar.storage.protocols.assessments import AssessmentRow


@dataclass
class Session:
    """One call of the program. `both`: what is written is to be in all languages, which few commands can."""

    db: str | None = None
    scheme: str | None = None
    cycle: str | None = None
    assessor: str | None = None
    lang: str = "en"
    both: bool = False

    @property
    def catalogue(self) -> Catalogue:
        """The sentences of the language asked for."""
        return Catalogue(self.lang, pressed=self._pressed)

    @cached_property
    def _pressed(self) -> Mapping[str, str]:
        """The keys that sentences name."""
        from greenstar.services.settings.settings import load_settings  # noqa: PLC0415  (only where something is said)

        return load_settings().keymap.pressed

    def text(self, key: str, /, **values: object) -> str:
        """A sentence in that language."""
        return self.catalogue.say(key, **values)

    @property
    def database(self) -> Path:
        """Where the database asked for lies, or would."""
        from greenstar.services.settings.settings import (  # noqa: PLC0415  (only commands with a database pay for it)
            default_database,
            expand_home,
        )

        return expand_home(self.db) if self.db is not None else default_database()

    def workspace(self, *, write: bool) -> "Workspace":
        """The database asked for. Without `write` nothing is made or migrated."""
        from greenstar.services.workspace import Workspace  # noqa: PLC0415  (as above)

        path = self.database
        workspace = Workspace.open(path, scheme=self.scheme, cycle=self.cycle, assessor=self.assessor, write=write)
        told = workspace.told_at_opening
        if told is not None:
            output.note(self.catalogue.render(told))
        return workspace

    def note_empty_cycle(self, workspace: "Workspace") -> None:
        """Say that there is no visit in the cycle that was asked for; nothing where none was, or there is one."""
        if workspace.named_cycle and workspace.cycle not in workspace.storage.cycles.all():
            output.note(self.text("cli.no_visits", cycle=workspace.cycle))

    def note_closed_cycle(self, workspace: "Workspace", cycle: str) -> None:
        """Say that a cycle is closed in which something changed; nothing where it is open."""
        closing = workspace.storage.closings.latest(cycle)
        if closing is not None and closing.is_closed:
            output.note(self.text("cycles.still_kept", cycle=cycle))

    def note_clock(self, workspace: "Workspace", row: "AssessmentRow") -> None:
        """Say that the clock is off by whose day a visit is sealed, or decided on; nothing where it may be right."""
        from greenstar.services.visit.clock import clock_off  # noqa: PLC0415  (only where a day is sealed)

        off = clock_off(workspace, row)
        if off is not None:
            output.note(self.catalogue.render(off))

    def refuse_unknown_scheme(self, workspace: "Workspace") -> None:
        """BadInput: a scheme was asked for that there is not. For what lists all schemes, and need read none."""
        if self.scheme is not None:
            workspace.scheme  # noqa: B018  (it is looked for where it is read)

    def scheme_finder(self) -> "SchemeFinder":
        """What answers files are read against: the scheme asked for here, else the one that the file names."""
        from greenstar.services.schemes.registry import (  # noqa: PLC0415  (slow to import)
            find_scheme,
            scheme_of_file,
        )

        read: dict[tuple[str | None, Path | None], Scheme] = {}

        def find(name: str | None, base: Path) -> "Scheme":
            wanted = (name, base) if self.scheme is None else (self.scheme, None)
            if wanted not in read:
                read[wanted] = scheme_of_file(name, base) if self.scheme is None else find_scheme(self.scheme)
            return read[wanted]

        return find

    def kept_schemes(self) -> "KeptSchemes | None":
        """Where a scheme is looked for that is not at hand: in the database, if there is one; None: none is looked for.

        It is opened only then: answers files need no database.
        """
        if self.scheme is not None:
            return None

        def find(name: str, version: str | None) -> "Scheme | None":
            from greenstar.services.schemes.registry import kept_scheme  # noqa: PLC0415  (as above)

            try:
                workspace = self.workspace(write=False)
            except GreenStarError:
                return None
            with workspace:
                return kept_scheme(workspace.storage, name, version)

        return find
