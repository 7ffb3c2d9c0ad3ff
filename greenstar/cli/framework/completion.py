"""What a shell may complete: the stores, regions, cycles, schemes and criteria that there are. It never fails."""

from collections.abc import Iterable
from typing import Literal

from greenstar.cli.session import Session
from greenstar.errors import GreenStarError
from greenstar.services.schemes.registry import find_scheme, shipped_schemes
from greenstar.services.stores.stores import regions
from greenstar.services.workspace import Workspace

What = Literal["store", "region", "cycle", "scheme", "criterion"]


def known_words(session: Session, what: What) -> list[str]:
    """All words of that kind; only those that need no database, where there is none that can be read."""
    try:
        with session.workspace(write=False) as workspace:
            return list(dict.fromkeys(_stored(workspace, what)))
    except GreenStarError:
        return list(_shipped(session, what))


def _stored(workspace: Workspace, what: What) -> Iterable[str]:
    storage = workspace.storage
    match what:
        case "store":
            return storage.stores.codes()
        case "region":
            return regions(workspace)
        case "cycle":
            return storage.cycles.all()
        case "scheme":
            return [*(scheme.name for scheme in storage.schemes.all()), *shipped_schemes()]
        case "criterion":
            return workspace.scheme.criteria


def _shipped(session: Session, what: What) -> Iterable[str]:
    if what == "scheme":
        return shipped_schemes()
    if what == "criterion":
        try:
            return find_scheme(session.scheme).criteria
        except GreenStarError:
            return ()
    return ()
