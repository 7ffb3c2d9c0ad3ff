"""The schemes and versions that a database holds, and how many visits stand on each."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from greenstar.errors import BadInput
from greenstar.i18n.phrase import Text
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.services.schemes import registry
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.schemes import SchemeRow, VisitCount


@dataclass(frozen=True)
class StoredScheme:
    """The rules of one version, in all their wordings (the last one at the end), and the visits under them.

    `other_rules`: the same version is there with other rules as well, which makes two leagues.
    """

    wordings: tuple[SchemeRow, ...]
    visits: tuple[VisitCount, ...]
    other_rules: bool
    scheme: Scheme | None = None

    @property
    def row(self) -> SchemeRow:
        """The last wording."""
        return self.wordings[-1]

    @property
    def title(self) -> Text:
        """Its title."""
        return Text(json.loads(self.row.summary)["title"])

    def count(self, status: str | None = None) -> int:
        """How many stores' visits stand on it: those of a status, or all."""
        return sum(visits.count for visits in self.visits if status in (None, visits.status))


def stored_schemes(workspace: Workspace) -> list[StoredScheme]:
    """All of them, by name and version."""
    rows = workspace.storage.schemes.all()
    by_rules: dict[str, list[SchemeRow]] = defaultdict(list)
    versions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        by_rules[row.rules].append(row)
        versions[row.name, row.version].add(row.rules)
    visits = workspace.storage.schemes.visits()
    made = [
        StoredScheme(
            tuple(wordings),
            tuple(count for count in visits if count.rules == rules),
            len(versions[wordings[-1].name, wordings[-1].version]) > 1,
        )
        for rules, wordings in by_rules.items()
    ]
    return sorted(made, key=lambda stored: (stored.row.name, registry.version_key(stored.row.version)))


def find_stored(workspace: Workspace, name: str | None, version: str | None) -> Sequence[StoredScheme]:
    """Versions of the scheme of that name (None: the one in use): all, or one; each with the scheme itself.

    A path stands for the name and version of what is there. BadInput: there is none.
    """
    everything = stored_schemes(workspace)
    if not everything:
        raise BadInput("versions.none")
    if name is not None and registry.is_path(name) and name not in {stored.row.name for stored in everything}:
        scheme = registry.find_scheme(name)
        name, version = scheme.name, version or scheme.version
    name = name or workspace.scheme.name
    of_name = [stored for stored in everything if stored.row.name == name]
    if not of_name:
        names = tuple(dict.fromkeys(stored.row.name for stored in everything))
        raise BadInput("versions.unknown", name=name[:60], known=names, hint=sentence_end(name, names))
    chosen = [stored for stored in of_name if version in (None, stored.row.version)]
    if not chosen:
        known = tuple(dict.fromkeys(stored.row.version for stored in of_name))
        raise BadInput("versions.unknown_version", name=name, version=str(version)[:60], known=known)
    storage = workspace.storage
    return [
        StoredScheme(stored.wordings, stored.visits, stored.other_rules, registry.stored(storage, stored.row.sha256))
        for stored in chosen
    ]
