"""Half-typed text: on disk while it is typed; no answer and no event is made of it until it is complete.

A field is a question (of a visit), a fact (of a store), or what `field` makes: note:WAT-06, finding:WAT-06,
helper:wash_l_min.
"""

from greenstar.services.workspace import Workspace

HELPER = "helper"
MOST_CHARACTERS = 100_000  # of what is kept of one field: a pasted novel fills no disk


def field(kind: str, subject: str) -> str:
    """The field for something that is typed at a criterion, or (`HELPER`) in the window that helps with a question."""
    return f"{kind}:{subject}"


def keep(workspace: Workspace, store: str, assessment: int | None, name: str, text: str | None) -> None:
    """Keep what is typed in a field, at once; None or nothing forgets it."""
    workspace.storage.drafts.put(store, assessment, name, fit_draft(text), at=workspace.now())


def fit_draft(text: str | None) -> str | None:
    """What is kept of a half-typed text; None: nothing."""
    return (text or "")[:MOST_CHARACTERS].encode("utf-8", "ignore").decode() or None


def kept(workspace: Workspace, store: str, assessment: int | None) -> dict[str, str]:
    """What is half typed in the fields of a visit, or (None) in the facts of a store."""
    return workspace.storage.drafts.texts(store, assessment)
