"""Whether a database is a sample network."""

from greenstar.services.workspace import Workspace

MADE = "demo"
"""The kind of the first event: what tells a sample network from a user's own database."""


def is_sample(workspace: Workspace) -> bool:
    """Whether a database was made as a sample network."""
    return workspace.storage.events.first_kind() == MADE
