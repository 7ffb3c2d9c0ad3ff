"""The table of contents of the command line: every command, and the page that `greenstar --help` shows."""

import click

from greenstar import __version__
from greenstar.cli.framework import output
from greenstar.cli.framework.declaring import LazyGroup, columns
from greenstar.cli.session import Session
from greenstar.i18n.catalogue import Catalogue

COMMANDS = {
    "demo": "greenstar.cli.commands.demo:demo",
    "check": "greenstar.cli.commands.check:check",
    "schema": "greenstar.cli.commands.schema:schema",
    "diff": "greenstar.cli.commands.diff:diff",
    "simulate": "greenstar.cli.commands.simulate:simulate",
    "stores": "greenstar.cli.commands.stores:stores",
    "assess": "greenstar.cli.commands.screen:assess",
    "score": "greenstar.cli.commands.score:score",
    "record": "greenstar.cli.commands.record:record",
    "explain": "greenstar.cli.commands.explain:explain",
    "submit": "greenstar.cli.commands.lifecycle:submit",
    "reopen": "greenstar.cli.commands.lifecycle:reopen",
    "decide": "greenstar.cli.commands.lifecycle:decide",
    "withdraw": "greenstar.cli.commands.lifecycle:withdraw",
    "rank": "greenstar.cli.commands.rank:rank",
    "export": "greenstar.cli.commands.export:export",
}
_ROWS = (  # so that the page fits a screen, the steps of a visit's life share a line
    ("demo [DIR]", "cli.row_demo"),
    ("check, schema, diff, simulate", "cli.row_check"),
    ("stores …", "cli.row_stores"),
    ("assess STORE", "cli.row_assess"),
    ("score, record ANSWERS…", "cli.row_score"),
    ("explain STORE|ANSWERS", "cli.row_explain"),
    ("submit, reopen, decide, withdraw", "cli.row_life"),
    ("rank", "cli.row_rank"),
    ("export TABLE", "cli.row_export"),
)
_OPTIONS = (
    ("--db FILE", "cli.opt_db"),
    ("--scheme S", "cli.opt_scheme"),
    ("--cycle C", "cli.opt_cycle"),
    ("--assessor NAME", "cli.opt_assessor"),
    ("--lang en|zh", "cli.opt_lang"),
)


class Root(LazyGroup):
    """The program itself; without a command it opens the screen."""

    def page(self, context: click.Context, catalogue: Catalogue) -> list[str]:
        """One screen: the commands, the options that stand everywhere, and shell completion."""
        rows = columns([*((name, catalogue.say(key)) for name, key in _ROWS)])
        options = columns([*((name, catalogue.say(key)) for name, key in _OPTIONS)])
        return [
            catalogue.say("cli.usage", command=f"{context.command_path} [OPTIONS] [COMMAND]"),
            catalogue.say("cli.about_root"),
            "",
            *rows,
            "",
            catalogue.say("cli.options_everywhere"),
            *options,
            "",
            *(f"  {example}" for example in self.examples),
            catalogue.say("cli.completion"),
            '  eval "$(_GREENSTAR_COMPLETE=bash_source greenstar)"',
        ]


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        output.say(f"greenstar {__version__}")
        context.exit()


def _open_screen(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        from greenstar.cli.commands.screen import open_screen  # noqa: PLC0415  (a command alone must not load it)

        open_screen(context.ensure_object(Session))


root = Root(
    "greenstar",
    COMMANDS,
    about="cli.about_root",
    examples=("greenstar demo", "greenstar rank --region East"),
    callback=click.pass_context(_open_screen),
    invoke_without_command=True,
    params=[
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, hidden=True, callback=_version)
    ],
)
