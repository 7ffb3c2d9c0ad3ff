"""Half-typed text: on disk while it is typed; no answer and no event is made of it until it is complete.

A field is a question (of a visit), a fact (of a store), or what `field` makes: note:WAT-06, finding:WAT-06.
"""

from greenstar.services.workspace import Workspace

MOST_CHARACTERS = 100_000  # of what is kept of one field: a pasted novel fills no disk


def field(kind: str, subject: str) -> str:
    """The field for something that is typed at a criterion."""
    return f"{kind}:{subject}"


def keep(workspace: Workspace, store: str, assessment: int | None, name: str, text: str | None) -> None:
    """Keep what is typed in a field, at once; None or nothing forgets it.

    StorageError: the disk would not. Then it waits in memory for the next time that something is kept.
    """
    stored_text = (text or "")[:MOST_CHARACTERS].encode("utf-8", "ignore").decode() or None
    workspace.storage.drafts.put_or_wait(store, assessment, name, stored_text, at=workspace.now())


def kept(workspace: Workspace, store: str, assessment: int | None) -> dict[str, str]:
    """What is half typed in the fields of a visit, or (None) in the facts of a store."""
    return workspace.storage.drafts.texts(store, assessment)


def waiting(workspace: Workspace) -> dict[tuple[str, int | None, str], str]:
    """What would be lost if the program ended now, by store, assessment and field."""
    return dict(workspace.storage.drafts.waiting)
