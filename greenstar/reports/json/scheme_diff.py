"""What changed between two schemes, for a program."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.diff import SchemeChange, SchemeDiff


def scheme_diff_json(diff: SchemeDiff, catalogue: Catalogue) -> dict[str, Any]:
    """`diff --json`."""
    return {
        "old": _scheme(diff.old),
        "new": _scheme(diff.new),
        "equal": diff.equal,
        "changes": [_change(change, catalogue) for change in diff.changes],
    }


def _scheme(scheme: Scheme) -> dict[str, str]:
    return {
        "scheme": scheme.name,
        "version": scheme.version,
        "scheme_sha256": scheme.sha256,
        "rules_sha256": scheme.rules_sha256,
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
