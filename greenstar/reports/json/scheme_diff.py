"""What changed between two schemes, for a program."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.schemes.diff import SchemeChange, SchemeDiff


def scheme_diff_json(diff: SchemeDiff, catalogue: Catalogue) -> dict[str, Any]:
    """`diff --json`."""
    old, new = diff.old, diff.new
    return {
        "old": {"scheme": old.name, "version": old.version, "scheme_sha256": old.sha256},
        "new": {"scheme": new.name, "version": new.version, "scheme_sha256": new.sha256},
        "equal": diff.equal,
        "changes": [_change(change, catalogue) for change in diff.changes],
    }


def _change(change: SchemeChange, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "area": change.area,
        "subject": change.subject or None,
        "inside": change.inside or None,
        "kind": change.kind,
        "key": catalogue.render(change.key) if change.key is not None else None,
        "was": catalogue.write(change.before) if change.before is not None else None,
        "became": catalogue.write(change.after) if change.after is not None else None,
        "message": catalogue.render(change.message),
    }
