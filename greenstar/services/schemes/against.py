"""A scheme against a database, before it is stored: its version there with other rules, and the drafts of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from greenstar.assessment.model import AssessmentKind
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.services.schemes import registry
from greenstar.services.schemes.keeping import other_rules, rule_changes
from greenstar.services.schemes.simulate import Simulated, tried
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage

Standing = Literal["new", "same", "wording", "other_rules"]


@dataclass(frozen=True)
class Against:
    """What a database has to a scheme.

    `standing`: its version is new there, or there as it is, or in other words, or with other rules, of which `changes`
    say what differs. `drafts`: those of earlier versions, as they would be under this one.
    """

    where: str
    standing: Standing
    changes: tuple[Phrase, ...]
    drafts: tuple[Simulated, ...]

    @property
    def ok(self) -> bool:
        """Whether the scheme could be stored there."""
        return self.standing != "other_rules"


def against(workspace: Workspace, scheme: Scheme) -> Against:
    """Hold a scheme to what a database has of it. Nothing is changed."""
    storage = workspace.storage
    stored = other_rules(storage, scheme)
    changes = () if stored is None else tuple(rule_changes(stored, scheme))
    movable = drafts_to_move(storage, scheme) if stored is None else ()  # none moves to what may not be stored
    return Against(storage.where, _standing(storage, scheme), changes, tuple(tried(workspace, scheme, movable)))


def _standing(storage: Storage, scheme: Scheme) -> Standing:
    if other_rules(storage, scheme) is not None:
        return "other_rules"
    alike = registry.wordings_of(storage, scheme.rules_sha256)
    if not alike:
        return "new"
    return "same" if scheme.sha256 in {row.sha256 for row in alike} else "wording"


def drafts_to_move(storage: Storage, scheme: Scheme) -> Sequence[AssessmentRow]:
    """The visits that are drafts under other rules of that name; of newer versions none: they move to no older one."""
    of_name = [row for row in storage.schemes.all() if row.name == scheme.name and row.rules != scheme.rules_sha256]
    version = registry.version_key(scheme.version)
    earlier = [row.sha256 for row in of_name if registry.version_key(row.version) <= version]
    return storage.assessments.drafts(earlier, AssessmentKind.VISIT)
