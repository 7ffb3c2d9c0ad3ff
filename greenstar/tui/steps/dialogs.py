"""Has a screen ask for a new store, a step of its visit, or a report; what that needs is imported only then."""

from collections.abc import Callable

from greenstar.assessment.model import AssessmentKind
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui.common.screen import GreenScreen


def ask_new_store(screen: GreenScreen, added: Callable[[str], object]) -> None:
    """Ask for a new store; `added` is told its code."""
    from greenstar.tui.steps.form_dialog import Done, FormDialog  # noqa: PLC0415 - see above
    from greenstar.tui.steps.forms import new_store_form  # noqa: PLC0415 - see above

    def done(told: Done | None) -> None:
        if told is not None:
            added(told.result)

    screen.app.push_screen(FormDialog(new_store_form(screen.host.workspace)), done)


def write_report(screen: GreenScreen, visit: OpenVisit) -> None:
    """Ask where the report on a visit is to be written, and have it written."""
    from greenstar.tui.steps.report_dialog import ask_report  # noqa: PLC0415 - see above

    ask_report(screen, visit)


def write_network_report(screen: GreenScreen, workspace: Workspace, region: str | None) -> None:
    """The same of the report on the workspace's cycle, in all regions or in one."""
    from greenstar.tui.steps.report_dialog import ask_network_report  # noqa: PLC0415 - see above

    ask_network_report(screen, workspace, region)


def write_comparison_report(screen: GreenScreen, workspace: Workspace, visits: tuple[int, int], name: str) -> None:
    """The same of the report on two visits, by their numbers; `name` is that of its file."""
    from greenstar.tui.steps.report_dialog import ask_comparison_report  # noqa: PLC0415 - see above

    ask_comparison_report(screen, workspace, visits, name)


def has_steps(visit: OpenVisit) -> bool:
    """Whether steps are taken with a visit: a check visit is neither submitted nor decided."""
    return visit.assessment.kind is not AssessmentKind.CHECK_VISIT


def ask_step(screen: GreenScreen, visit: OpenVisit, after: Callable[[], object]) -> None:
    """Ask for the next step in the life of a visit; `after` is told once one was taken."""
    if not has_steps(visit):
        screen.host.notify(Phrase("life.check_stays"))
        return
    from greenstar.tui.steps.store_steps import StoreSteps  # noqa: PLC0415 - see above

    row = visit.assessment
    StoreSteps(screen, visit.workspace.in_cycle(row.cycle), row.store, after).ask()
