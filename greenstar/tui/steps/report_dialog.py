"""Asks where a report is to be written, and has it written beside the screen: pictures and rankings take a while."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.i18n.places import place_words
from greenstar.services.evidence.viewer_copy import file_name
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui.common import threads
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.steps.form import Form, FormField
from greenstar.tui.steps.form_dialog import Done, FormDialog

Writer = Callable[[Sequence[Catalogue]], bytes]
"""Writes a report whose view is finished."""
Gather = Callable[[Workspace, bool], Writer]
"""Reads all that a report says; whether it is to be a PDF."""


def ask_report(screen: GreenScreen, visit: OpenVisit) -> None:
    """The report on a visit."""
    row = visit.assessment
    form = report_form(
        file_name(f"{row.store}-{row.cycle}.html"),
        Phrase("report.title", store=row.store),
        Phrase("report.asks", store=row.store, cycle=row.cycle),
    )
    _ask(screen, visit.workspace, form, partial(_of_visit, assessment=row.id))


def ask_network_report(screen: GreenScreen, workspace: Workspace, region: str | None) -> None:
    """The report on the workspace's cycle, in all regions or in one."""
    cycle = workspace.cycle
    if region is None:
        words: dict[str, object] = {"cycle": cycle}
        title, asks, file = "report.network_title", "report.network_asks", f"network-{cycle}.html"
    else:
        words = {"cycle": cycle, "region": place_words(region)}
        title, asks, file = "report.region_title", "report.region_asks", f"network-{cycle}-{region}.html"
    form = report_form(file_name(file), Phrase(title, **words), Phrase(asks, **words))
    _ask(screen, workspace, form, partial(_of_network, region=region))


def ask_comparison_report(screen: GreenScreen, workspace: Workspace, visits: tuple[int, int], name: str) -> None:
    """The report on two visits, by their numbers; `name` tells what they are, for the file."""
    form = report_form(file_name(f"{name}.html"), Phrase("report.comparison_title"), Phrase("report.comparison_asks"))
    _ask(screen, workspace, form, partial(_of_two, visits=visits))


def report_form(file: str, title: Phrase, says: Phrase) -> Form:
    """Where to: a file in the user's home, unless another is named."""
    field = FormField("path", Phrase("report.word_path"), f"~/{file}", needed=True)
    return Form("report", title, says, [field], lambda _, texts: texts["path"])


def _ask(screen: GreenScreen, workspace: Workspace, form: Form, gather: Gather) -> None:
    """Ask for the file, which is written in the language of the screen; what becomes of it is said in passing."""
    host = screen.host
    in_cycle = workspace.in_cycle(workspace.cycle)  # asked here: the thread has a connection of its own

    def tell(told: Phrase, *, wrong: bool = False) -> None:
        with suppress(RuntimeError):  # the program has ended
            screen.app.call_later(partial(host.notify, told, wrong=wrong))

    def write(done: Done | None) -> None:
        if done is not None:
            host.notify(Phrase("report.being_written"))
            threads.start(partial(_write, in_cycle, gather, screen.catalogue, done.result, tell))

    screen.app.push_screen(FormDialog(form), write)


def _write(workspace: Workspace, gather: Gather, catalogue: Catalogue, path: str, tell: Callable[..., None]) -> None:
    """Write it, over a connection of its own, in the format that its file is named for."""
    from greenstar.services.settings.settings import expand_home  # noqa: PLC0415 - only where a report is written
    from greenstar.storage.user_file import write_user_file  # noqa: PLC0415 - as above

    try:
        target = str(expand_home(path))
        with workspace.again() as own:
            write = gather(own, target.lower().endswith(".pdf"))
        write_user_file(target, write([catalogue]))
    except GreenStarError as error:
        tell(error.message, wrong=True)
    else:
        tell(Phrase("report.written", path=target))


def _of_visit(workspace: Workspace, pdf: bool, *, assessment: int) -> Writer:
    from greenstar.reports.views.report import report_view  # noqa: PLC0415 - only where a report is written
    from greenstar.services.results.report import gather  # noqa: PLC0415 - as above

    view = report_view(gather(OpenVisit(workspace, workspace.storage.assessments.get(assessment))))
    if pdf:
        from greenstar.reports.pdf.report import report_pdf  # noqa: PLC0415 - Typst, an extra

        return partial(report_pdf, view)
    from greenstar.reports.html.report import report_html  # noqa: PLC0415 - Jinja

    return lambda catalogues: report_html(view, catalogues).encode()


def _of_network(workspace: Workspace, pdf: bool, *, region: str | None) -> Writer:
    from greenstar.reports.views.network_report import network_report_view  # noqa: PLC0415 - as in `_of_visit`
    from greenstar.services.results.network_report import gather_network  # noqa: PLC0415 - as above

    view = network_report_view(gather_network(workspace, region=region))
    if pdf:
        from greenstar.reports.pdf.report import network_pdf  # noqa: PLC0415 - Typst, an extra

        return partial(network_pdf, view)
    from greenstar.reports.html.network import network_html  # noqa: PLC0415 - Jinja

    return lambda catalogues: network_html(view, catalogues).encode()


def _of_two(workspace: Workspace, pdf: bool, *, visits: tuple[int, int]) -> Writer:
    from greenstar.reports.views.comparison_report import comparison_report_view  # noqa: PLC0415 - as in `_of_visit`
    from greenstar.services.results.comparison_report import gather_visits  # noqa: PLC0415 - as above

    view = comparison_report_view(gather_visits(workspace, *visits))
    if pdf:
        from greenstar.reports.pdf.report import comparison_pdf  # noqa: PLC0415 - Typst, an extra

        return partial(comparison_pdf, view)
    from greenstar.reports.html.comparison import comparison_html  # noqa: PLC0415 - Jinja

    return lambda catalogues: comparison_html(view, catalogues).encode()
