"""From a visit to what is listed elsewhere: evidence, findings, history, what is left to do, scorecard; and undo."""

from greenstar.services.visit.history import history
from greenstar.services.visit.history_text import redo_last, undo_last
from greenstar.tui import routes
from greenstar.tui.common.undo import attempt
from greenstar.tui.visit.visit_answers import VisitAnswers


class VisitLists(VisitAnswers):
    """Each of these first records what is typed."""

    def do_evidence(self) -> None:
        """The evidence of this criterion."""
        self.leave()
        self.host.show(routes.EVIDENCE, self.desk.visit, self.criterion)

    def do_findings(self) -> None:
        """The findings at this criterion."""
        self.leave()
        self.host.show(routes.FINDINGS, self.desk.visit, self.criterion)

    def do_leaving(self) -> None:
        """What is left to do, and handing in."""
        self.leave()
        self.host.show(routes.CHECKLIST, self.desk.visit)

    def do_needs(self) -> None:
        """What the levels still need."""
        self.leave()
        self.host.show(routes.REQUIREMENTS, self.desk.visit)

    def do_history(self) -> None:
        """Every change, each to be taken back."""
        self.leave()
        self.host.show(routes.HISTORY, self.desk.visit)

    def do_scorecard(self) -> None:
        """The scorecard of this visit."""
        self.leave()
        self.host.show(routes.SCORECARD, self.desk.visit)

    def do_facts(self) -> None:
        """The facts of the store."""
        self.leave()
        self.host.show(routes.STORE, self.host.workspace, self.desk.visit.visit.store.code)

    def do_ranking(self) -> None:
        """The ranking."""
        self.leave()
        self.host.show(routes.RANKING, self.host.workspace)

    def do_stores(self) -> None:
        """The list of stores."""
        self.leave()
        self.host.show_stores()

    # -- undo

    def do_undo(self) -> None:
        """Take the last change back, and go to where it was."""
        self.settle()
        done = attempt(self.host, self.desk.visit, undo_last)
        self._go_where_it_was() if done else self._came_back()

    def do_redo(self) -> None:
        """Take the last undo back, and go to where it was."""
        self.settle()
        done = attempt(self.host, self.desk.visit, redo_last)
        self._go_where_it_was() if done else self._came_back()

    def _go_where_it_was(self) -> None:
        self.desk.as_recorded()
        self.desk.reread_half_typed()
        scheme, last = self.desk.scheme, history(self.desk.visit)[0]
        subject = last.subject or ""
        question = subject if last.kind == "answer" and subject in scheme.criterion_of else None
        criterion = scheme.criterion_of[question] if question is not None else subject
        if criterion in scheme.criteria:
            self.go_to(criterion, question)
        else:  # a fact, or a change that is none of this scheme's
            self.fill_page()
            self.show_score()
        self.show_title()
