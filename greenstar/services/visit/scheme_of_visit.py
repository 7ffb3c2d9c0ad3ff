"""Under which scheme visits are made: one that comes in new words gives these to the drafts under the same rules."""

from greenstar.errors import BadInput
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.scheme.model import Scheme
from greenstar.services.schemes import registry
from greenstar.services.schemes.keeping import keep, other_rules_error
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


def use(workspace: Workspace, scheme: Scheme, at: str) -> None:
    """Keep a scheme, inside a transaction. BadInput: its version is stored with other rules.

    New words under rules that are there already are shown by their drafts from now on.
    """
    if keep(workspace.storage, scheme, at):
        alike = {row.sha256 for row in registry.wordings_of(workspace.storage, scheme.rules_sha256)}
        for draft in workspace.storage.assessments.drafts(alike - {scheme.sha256}):
            take_words(workspace, draft, scheme, at)


def refuse_other_version(workspace: Workspace, row: AssessmentRow, wanted: Scheme) -> None:
    """Refuse (BadInput) to work on a visit with another version than its own, or other rules under the same."""
    scheme = registry.stored(workspace.storage, row.scheme)
    if scheme.version != wanted.version:
        values = {"store": row.store, "scheme": row.scheme_name, "version": scheme.version, "wanted": wanted.version}
        raise BadInput("storage.other_version", **values)
    if scheme.rules_sha256 != wanted.rules_sha256:
        raise other_rules_error(scheme, wanted)


def take_words(workspace: Workspace, draft: AssessmentRow, scheme: Scheme, at: str) -> None:
    """Show a draft in the words of this scheme, which has the same rules; inside a transaction."""
    workspace.storage.assessments.change(draft.id, {"scheme": scheme.sha256})
    before, after = canonical(draft.scheme), canonical(scheme.sha256)
    change = Change("wording", None, before, after, store=draft.store, assessment=draft.id)
    workspace.storage.events.append([change], at, workspace.assessor)


def is_moved(workspace: Workspace, row: AssessmentRow, scheme: Scheme) -> bool:
    """Whether a visit that was opened under this scheme goes by other rules by now."""
    return _present(workspace, row).rules_sha256 != scheme.rules_sha256


def present_name(workspace: Workspace, row: AssessmentRow, criterion: str) -> str | None:
    """What a criterion is called in the scheme that a visit goes by now; None: it has no such criterion."""
    scheme = _present(workspace, row)
    name = scheme.earlier_names.criterion(criterion)
    return name if name in scheme.criteria else None


def _present(workspace: Workspace, row: AssessmentRow) -> Scheme:
    return registry.stored(workspace.storage, workspace.storage.assessments.get(row.id).scheme)
