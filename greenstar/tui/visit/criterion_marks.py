"""What is put on a criterion as a whole: that it does not apply, and that one will come back to it."""

from functools import partial

from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import drafts
from greenstar.tui.visit.entry_taker import EntryTaker, Front
from greenstar.tui.visit.open_dialog import OpenDialog
from greenstar.tui.visit.reason_dialog import Reason, ReasonDialog
from greenstar.tui.visit.recorder import Failed, SealedMeanwhile


class CriterionMarks:
    """Asks for what is needed, records it, and says what came of it."""

    def __init__(self, entry_taker: EntryTaker, front: Front, open_dialog: OpenDialog) -> None:
        self._entry_taker, self._front, self._open_dialog = entry_taker, front, open_dialog
        self._session, self._recorder, self._view = entry_taker.session, entry_taker.recorder, entry_taker.view

    def ask_why_not_applicable(self) -> None:
        """Say that the criterion does not apply, and why; or take that back."""
        session, name = self._session, self._view.criterion
        criterion, marked = session.scheme.criteria[name], session.visit.visit.not_applicable.get(name)
        if session.visit.read_only:
            self._front.host.notify(Phrase("tui.is_read_only"))
        elif marked is None and session.scheme.policy(criterion) == "forbid":
            self._front.host.notify(Phrase("tui.na_forbidden", id=name))
        elif marked is None and not session.card.criteria[name].applies:
            self._front.host.notify(Phrase("tui.na_already", id=name))
        else:
            field = drafts.field("exemption", name)
            half_typed, keep = session.half_typed.get(field), partial(self._entry_taker.keep, field)
            dialog = ReasonDialog(name, criterion.title, marked, half_typed, keep)
            self._open_dialog.ask(dialog, partial(self._reasoned, dialog))

    def _reasoned(self, dialog: ReasonDialog, reason: Reason | None) -> None:
        if reason is None:
            return
        failed = partial(self._failed, reason.text or "")
        if self._recorder.not_applicable(dialog.criterion, reason.text, failed):
            self._front.go_to(dialog.criterion)
        self._front.show_title()

    def _failed(self, text: str, outcome: Failed) -> None:
        if isinstance(outcome, SealedMeanwhile):
            self._entry_taker.sealed_meanwhile(outcome.why, text)
        else:
            self._view.show_recorded()
            self._front.host.notify(outcome.why, wrong=True)

    def flag(self) -> None:
        """Flag the criterion to come back to, or take the flag away."""
        name = self._view.criterion
        flagged = name not in self._session.visit.flags
        if self._recorder.flag(name, partial(self._failed, ""), on=flagged):
            self._view.show_recorded()
            self._front.show_title()
            self._front.host.notify(Phrase("tui.flagged" if flagged else "tui.unflagged", id=name))
