"""`greenstar report`: what is to be handed over after a visit, or of a whole cycle, or of two stores, in one file."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import REGION, STORE, Count, OneOf, option, refuse_together
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue

if TYPE_CHECKING:
    from greenstar.services.workspace import Workspace

_MOST_REVISIONS = 9999

Writer = Callable[[Sequence[Catalogue]], bytes]
"""Writes a report whose view is finished."""


@command(
    "report",
    about="cli.about_report",
    examples=(
        "greenstar report WX-001 --lang both --format pdf -o WX-001.pdf",
        "greenstar report --network -o network.html",
        "greenstar report --network --region East --format pdf -o east.pdf",
    ),
    both=True,
)
@click.argument("store", type=STORE, metavar="[STORE]", required=False)
@option("--network", is_flag=True, words="cli.opt_network_report")
@option("--region", type=REGION, metavar="R", words="cli.opt_region_report")
@option("--compare", type=STORE, nargs=2, metavar="A B", words="cli.opt_compare")
@option("--choose", type=Count(1, 1000), metavar="K", words="cli.opt_choose_report")
@option("--format", "form", type=OneOf("html", "pdf"), default="html", metavar="F", words="cli.opt_form_format")
@option("--revision", type=Count(1, _MOST_REVISIONS), metavar="N", words="cli.opt_revision")
@option("-o", "--output", "target", default="-", metavar="FILE", words="cli.opt_output")
def report(
    session: Session,
    store: str | None,
    *,
    network: bool,
    region: str | None,
    compare: tuple[str, str] | None,
    choose: int | None,
    form: str,
    revision: int | None,
    target: str,
) -> None:
    """Write the report on a store's visit, on the cycle, or on two stores."""
    if not refuse_together({"STORE": store, "--network": network or None, "--compare": compare}):
        raise BadInput("report.on_what")
    refuse_together({"--revision": revision, "--network": network or None, "--compare": compare})
    for name, value in (("--choose", choose), ("--region", region)):
        refuse_together({name: value, "STORE": store, "--compare": compare})
    if target == "-" and sys.stdout.isatty():
        raise BadInput("report.to_terminal")
    languages = _languages(session)
    with session.workspace(write=False) as workspace:
        if store is not None:
            write = _of_visit(session, workspace, form, store, revision)
        elif compare is not None:
            write = _of_two(workspace, form, compare)
        else:
            write = _of_network(session, workspace, form, region, choose)
    output.data(write([Catalogue(language) for language in languages]), target)
    if target != "-":
        output.note(session.text("cli.exported", path=target))


def _of_visit(session: Session, workspace: "Workspace", form: str, store: str, revision: int | None) -> Writer:
    from greenstar.reports.views.report import report_view  # noqa: PLC0415 - of three reports one is asked for
    from greenstar.services.results.report import gather, visit_to_report  # noqa: PLC0415 - as above

    with StderrProgress(session.text("report.progress")) as progress:
        view = report_view(gather(visit_to_report(workspace, store, revision), progress))
    if form == "pdf":
        from greenstar.reports.pdf.report import report_pdf  # noqa: PLC0415 - as above

        return lambda catalogues: report_pdf(view, catalogues)
    from greenstar.reports.html.report import report_html  # noqa: PLC0415 - as above

    return lambda catalogues: report_html(view, catalogues).encode()


def _of_network(session: Session, workspace: "Workspace", form: str, region: str | None, choose: int | None) -> Writer:
    from greenstar.reports.views.network_report import network_report_view  # noqa: PLC0415 - as above
    from greenstar.services.results.network_report import CHOSEN, gather_network  # noqa: PLC0415 - as above

    with StderrProgress(session.text("indicators.reading")) as progress:
        material = gather_network(workspace, region=region, choose=choose or CHOSEN, progress=progress)
    view = network_report_view(material)
    if form == "pdf":
        from greenstar.reports.pdf.report import network_pdf  # noqa: PLC0415 - as above

        return lambda catalogues: network_pdf(view, catalogues)
    from greenstar.reports.html.network import network_html  # noqa: PLC0415 - as above

    return lambda catalogues: network_html(view, catalogues).encode()


def _of_two(workspace: "Workspace", form: str, stores: tuple[str, str]) -> Writer:
    from greenstar.reports.views.comparison_report import comparison_report_view  # noqa: PLC0415 - as above
    from greenstar.services.results.comparison_report import gather_comparison  # noqa: PLC0415 - as above

    view = comparison_report_view(gather_comparison(workspace, *stores))
    if form == "pdf":
        from greenstar.reports.pdf.report import comparison_pdf  # noqa: PLC0415 - as above

        return lambda catalogues: comparison_pdf(view, catalogues)
    from greenstar.reports.html.comparison import comparison_html  # noqa: PLC0415 - as above

    return lambda catalogues: comparison_html(view, catalogues).encode()


def _languages(session: Session) -> list[str]:
    """The language asked for, or all that the program speaks, its reader's first."""
    if not session.both:
        return [session.lang]
    own = session.catalogue.own_language
    return [own, *(language for language in LANGUAGES if language != own)]
