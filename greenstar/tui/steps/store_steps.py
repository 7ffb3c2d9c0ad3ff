"""Takes a step in the life of a store and its visit: asks which, asks what it needs, and says what was done."""

from collections.abc import Callable, Sequence

from greenstar.assessment.model import Finding, Status
from greenstar.i18n.bilingual import in_each_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.reports.text.move import move_lines
from greenstar.services.findings.findings import FindingEntry, by_urgency
from greenstar.services.findings.follow_up import open_findings, sealed_visit
from greenstar.services.visit.moving import move, plan
from greenstar.services.visit.opening import begin_check_visit, current, visit_there
from greenstar.services.visit.steps import VisitStep, later_version, steps_now
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import excerpt
from greenstar.tui import routes
from greenstar.tui.common.actions_dialog import Action, ActionsDialog
from greenstar.tui.common.either_dialog import Either, EitherDialog
from greenstar.tui.common.finder import Finder, FinderItem
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.steps import forms
from greenstar.tui.steps.form import Form
from greenstar.tui.steps.form_dialog import Done, FormDialog

_ALL = ""  # the choice of all open findings


class StoreSteps:
    """The steps of one store, asked for on a screen; `after` is told once one was taken."""

    def __init__(self, screen: GreenScreen, workspace: Workspace, code: str, after: Callable[[], object]) -> None:
        self._screen, self._workspace, self._code, self._after = screen, workspace, code, after
        self._host = screen.host

    def ask(self) -> None:
        """Ask which step it is to be."""
        title = Phrase("life.which", store=self._code, cycle=self._workspace.cycle)
        steps = steps_now(self._workspace, self._code)
        actions = [Action(now.step, Phrase(f"life.step_{now.step}"), now.does, now.why_not) for now in steps]
        self._screen.app.push_screen(ActionsDialog(title, actions), self._chosen)

    def _chosen(self, chosen: str | None) -> None:
        if chosen is None:
            return
        match VisitStep(chosen):
            case VisitStep.VISIT:
                self._host.when_saved(lambda: self._host.show_visit(self._code))
            case VisitStep.SUBMIT:
                self._host.when_saved(self._submit)
            case VisitStep.FOLLOW_UP:
                self._ask_finding()
            case VisitStep.MOVE:
                self._ask_move()
            case VisitStep.CHECK:
                self._host.go_on(self._screen, self._check)
            case step:
                self._fill_in(step, self._form(step))

    def _submit(self) -> None:
        """Handing a visit in goes through what is to be looked at before one leaves."""
        visit = visit_there(self._workspace, self._code)
        if visit is not None and visit.assessment.status is Status.DRAFT:
            self._host.show(routes.CHECKLIST, visit)

    def _form(self, step: VisitStep) -> Form:
        workspace, code = self._workspace, self._code
        match step:
            case VisitStep.EDIT:
                return forms.edit_form(workspace, code)
            case VisitStep.CLOSE:
                return forms.close_form(workspace, code)
            case VisitStep.OPEN_AGAIN:
                return forms.open_again_form(code)
            case VisitStep.NEXT_CYCLE:
                return forms.next_cycle_form(workspace, code)
            case VisitStep.DECIDE:
                return forms.decide_form(workspace, code)
            case VisitStep.WITHDRAW:
                return forms.withdraw_form(workspace, code)
            case _:
                return forms.reopen_form(workspace, code)

    # -- findings that are followed up

    def _ask_finding(self) -> None:
        """Ask which open finding is closed; where there is one only, it is that."""
        visit = sealed_visit(self._workspace, self._code)
        cycle, findings = visit.assessment.cycle, by_urgency(open_findings(visit))
        if len(findings) == 1:
            self.follow_up(cycle, findings)
            return
        items = [_as_item(entry.finding) for entry in findings]
        items.append(FinderItem(_ALL, "", Phrase("life.all_findings", count=len(findings))))

        def chosen(identity: str | None) -> None:
            if identity is not None:
                self.follow_up(cycle, [entry for entry in findings if identity in (_ALL, entry.finding.id)])

        self._screen.app.push_screen(Finder("life.which_finding", items), chosen)

    def follow_up(self, cycle: str, findings: Sequence[FindingEntry]) -> None:
        """Ask for the proof that these findings of the sealed visit of a cycle are closed by."""
        form = forms.follow_up_form(self._workspace.in_cycle(cycle), self._code, findings)
        self._fill_in(VisitStep.FOLLOW_UP, form)

    # -- a check visit

    async def _check(self) -> None:
        """Begin one's check visit, or go on with it."""
        cycle = self._workspace.cycle

        def begin(workspace: Workspace) -> AssessmentRow:
            return begin_check_visit(workspace.in_cycle(cycle), self._code)

        row = await self._host.saving.done(begin, what=("check visit", self._code))
        self._host.show(routes.VISIT, OpenVisit(self._workspace, row))
        self._host.notify(Phrase("life.is_check", store=self._code, cycle=cycle))

    # -- another version

    def _ask_move(self) -> None:
        """Show what a move to the latest version would lose and newly ask, and ask whether it is meant."""
        row = current(self._workspace, self._code)
        target = later_version(self._workspace, row) if row is not None else None
        if target is None:  # another window moved it
            return
        planned = plan(self._workspace, [self._code], target)

        def words(catalogue: Catalogue) -> Either:
            say = catalogue.say
            told = "\n".join(move_lines(planned[0], target, catalogue))
            return Either(told, say("life.move"), say("life.move_not"), say("life.move_keys"))

        async def do() -> None:
            await self._host.saving.done(lambda workspace: move(workspace, target, planned), what=("move", self._code))
            self._after()
            done = Phrase("life.moved", store=self._code, scheme=target.name, version=target.version)
            self._host.notify(done)

        def answered(meant: bool | None) -> None:
            if meant:
                self._host.go_on(self._screen, do)

        self._screen.app.push_screen(EitherDialog(words), answered)

    # -- doing it

    def _fill_in(self, step: VisitStep, form: Form) -> None:
        def done(told: Done | None) -> None:
            if told is not None:
                if step is VisitStep.NEXT_CYCLE:
                    self._workspace.go_on_in(told.result.cycle)
                self._after()
                self._host.notify(forms.result_phrase(self._workspace, self._code, step, told.result))

        self._screen.app.push_screen(FormDialog(form), done)


def _as_item(finding: Finding) -> FinderItem:
    severity = Phrase(f"tui.severity_{finding.severity}")
    return FinderItem(finding.id, finding.criterion, in_each_language(excerpt(finding.text)), right=severity)
