"""A workspace's database as SQL and as a file: for tests that look at rows, or do harm to them."""

from pathlib import Path

from greenstar.services.workspace import Workspace
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.storage import SqliteStorage


def database_of(workspace: Workspace) -> Database:
    """The database that a workspace is kept in."""
    assert isinstance(workspace.storage, SqliteStorage)
    return workspace.storage.database


def path_of(workspace: Workspace) -> Path:
    """The file that a workspace is kept in."""
    return database_of(workspace).path
