"""Everything kept in one SQLite file, with the evidence files beside it."""
# ruff: noqa: PLC0415 - a part is loaded when it is first asked for: a ranking needs few of them

from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING

from greenstar.storage.sqlite.connection import Database

if TYPE_CHECKING:
    from greenstar.storage.files.evidence_store import EvidenceStore
    from greenstar.storage.sqlite.assessments import AssessmentTable
    from greenstar.storage.sqlite.bulk import BulkTables
    from greenstar.storage.sqlite.closings import ClosingTable
    from greenstar.storage.sqlite.contents import ContentTables
    from greenstar.storage.sqlite.cycles import CycleTable
    from greenstar.storage.sqlite.double_visits import DoubleVisitQueries
    from greenstar.storage.sqlite.drafts import DraftTable
    from greenstar.storage.sqlite.due import DueQueries
    from greenstar.storage.sqlite.events import EventTable
    from greenstar.storage.sqlite.exports import ExportQueries
    from greenstar.storage.sqlite.integrity import FileIntegrity
    from greenstar.storage.sqlite.schemes import SchemeTable
    from greenstar.storage.sqlite.scorecards import ScorecardTables
    from greenstar.storage.sqlite.standings import StandingQueries
    from greenstar.storage.sqlite.statements import SignatureTable, StatementTable
    from greenstar.storage.sqlite.stores import StoreTables


class SqliteStorage:
    """The `Storage` that an open database is."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def where(self) -> str:
        """What it is called in messages: the path of the file."""
        return str(self.database.path)

    @property
    def is_copy_in_use(self) -> bool:
        """Whether it is a copy of the one file alone, made while that was in use: its last changes may be missing."""
        return self.database.is_copy_in_use

    @cached_property
    def assessments(self) -> "AssessmentTable":
        """The assessments."""
        from greenstar.storage.sqlite.assessments import AssessmentTable

        return AssessmentTable(self.database)

    @cached_property
    def contents(self) -> "ContentTables":
        """What assessments hold."""
        from greenstar.storage.sqlite.contents import ContentTables

        return ContentTables(self.database, self.evidence)

    @cached_property
    def drafts(self) -> "DraftTable":
        """Half-typed text."""
        from greenstar.storage.sqlite.drafts import DraftTable

        return DraftTable(self.database)

    @cached_property
    def events(self) -> "EventTable":
        """The journal."""
        from greenstar.storage.sqlite.events import EventTable

        return EventTable(self.database)

    @cached_property
    def schemes(self) -> "SchemeTable":
        """The schemes."""
        from greenstar.storage.sqlite.schemes import SchemeTable

        return SchemeTable(self.database)

    @cached_property
    def scorecards(self) -> "ScorecardTables":
        """The stored scorecards."""
        from greenstar.storage.sqlite.scorecards import ScorecardTables

        return ScorecardTables(self.database)

    @cached_property
    def standings(self) -> "StandingQueries":
        """What each store is ranked by."""
        from greenstar.storage.sqlite.standings import StandingQueries

        return StandingQueries(self.database)

    @cached_property
    def signatures(self) -> "SignatureTable":
        """The signatures of seals and statements."""
        from greenstar.storage.sqlite.statements import SignatureTable

        return SignatureTable(self.database)

    @cached_property
    def statements(self) -> "StatementTable":
        """What is stated of seals."""
        from greenstar.storage.sqlite.statements import StatementTable

        return StatementTable(self.database)

    @cached_property
    def stores(self) -> "StoreTables":
        """The stores and their facts."""
        from greenstar.storage.sqlite.stores import StoreTables

        return StoreTables(self.database)

    @cached_property
    def cycles(self) -> "CycleTable":
        """The cycles."""
        from greenstar.storage.sqlite.cycles import CycleTable

        return CycleTable(self.database)

    @cached_property
    def closings(self) -> "ClosingTable":
        """The documents of closed cycles."""
        from greenstar.storage.sqlite.closings import ClosingTable

        return ClosingTable(self.database)

    @cached_property
    def bulk(self) -> "BulkTables":
        """Much at once."""
        from greenstar.storage.sqlite.bulk import BulkTables

        return BulkTables(self.database)

    @cached_property
    def due(self) -> "DueQueries":
        """What falls due."""
        from greenstar.storage.sqlite.due import DueQueries

        return DueQueries(self.database)

    @cached_property
    def double_visits(self) -> "DoubleVisitQueries":
        """What is read of double visits."""
        from greenstar.storage.sqlite.double_visits import DoubleVisitQueries

        return DoubleVisitQueries(self.database)

    @cached_property
    def evidence(self) -> "EvidenceStore":
        """The files beside the database."""
        from greenstar.storage.files.evidence_store import EvidenceStore

        return EvidenceStore(self.database.path)

    @cached_property
    def exports(self) -> "ExportQueries":
        """What is read to be written elsewhere."""
        from greenstar.storage.sqlite.exports import ExportQueries

        return ExportQueries(self.database)

    @cached_property
    def integrity(self) -> "FileIntegrity":
        """The file itself."""
        from greenstar.storage.sqlite.integrity import FileIntegrity

        return FileIntegrity(self.database)

    def again(self, patience: int | None = None) -> "SqliteStorage":
        """The same file opened anew; None: a write waits as long as a command does."""
        database = Database.open(self.database.path)
        if patience is not None:
            database.be_patient(patience)
        return SqliteStorage(database)

    def reading(self) -> AbstractContextManager[None]:
        """All that is read inside is as it was when the first of it was read."""
        return self.database.reading()

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside are on disk when it ends, or none is. Inside another one it is part of that."""
        return self.database.transaction()

    def make_whole(self) -> None:
        """Put all that was written into the one file; inside a transaction: once it has ended."""
        self.database.make_whole()

    def close(self) -> None:
        """Close the database."""
        self.database.close()
