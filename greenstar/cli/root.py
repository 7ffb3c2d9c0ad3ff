"""The table of contents of the command line: every command, and the page that `greenstar --help` shows."""

import click
from typing_extensions import override

from greenstar import __version__
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import HelpLine, LazyGroup
from greenstar.cli.framework.help_page import in_columns
from greenstar.cli.framework.parameters import EVERYWHERE, refuse_both
from greenstar.cli.session import Session
from greenstar.i18n.catalogue import Catalogue


def _in(module: str, *names: str) -> dict[str, str]:
    """The places of commands that lie in one module, each under its own name."""
    return {name: f"greenstar.cli.commands.{module}:{name}" for name in names}


_TRUST = "greenstar.cli.commands.trust.group:trust"
_FOLLOW_UP = "greenstar.cli.commands.follow_up:follow_up_command"
_PACK, _SETTLE = "greenstar.cli.commands.pack", "greenstar.cli.commands.settle:settle_command"
COMMANDS = (  # so that the page fits a screen, the steps of a visit's life share a line
    HelpLine(
        "cli.row_demo", _in("demo", "demo") | _in("screen", "tour") | _in("serve", "serve") | _in("keys", "keys"), "…"
    ),
    HelpLine(
        "cli.row_check",
        _in("check", "check") | _in("schema", "schema") | _in("diff", "diff") | _in("simulate", "simulate"),
    ),
    HelpLine(
        "cli.row_stores",
        _in("stores.group", "stores")
        | _in("schemes.group", "schemes")
        | _in("move", "move")
        | _in("xlsform", "xlsform"),
        "…",
    ),
    HelpLine(
        "cli.row_assess",
        _in("screen", "assess") | _in("form", "form") | {"follow-up": _FOLLOW_UP, "settle": _SETTLE},
        "…",
    ),
    HelpLine(
        "cli.row_score",
        _in("score", "score") | _in("record", "record") | _in("explain", "explain"),
        "ANSWERS…",
    ),
    HelpLine("cli.row_life", _in("lifecycle", "submit", "reopen", "decide", "withdraw")),
    HelpLine("cli.row_sign", _in("sign", "sign") | {"trust": _TRUST} | _in("certificates", "certificates")),
    HelpLine("cli.row_verify", _in("verify", "verify") | _in("receipt", "receipt") | _in("doctor", "doctor"), "…"),
    HelpLine(
        "cli.row_rank",
        _in("rank", "rank") | _in("compare", "compare") | _in("agreement", "agreement") | _in("cycle.group", "cycle"),
    ),
    HelpLine(
        "cli.row_export",
        _in("indicators", "indicators") | _in("export", "export") | _in("report", "report"),
        "…",
    ),
    HelpLine(
        "cli.row_backup",
        _in("backup", "backup", "restore") | {"pack": f"{_PACK}:pack_command", "unpack": f"{_PACK}:unpack_command"},
        "…",
    ),
)


class Root(LazyGroup):
    """The program itself; without a command it opens the screen."""

    @override
    def page(self, context: click.Context, catalogue: Catalogue) -> list[str]:
        """One screen: the commands, the options that stand everywhere, and shell completion."""
        options = [(f"{name} {metavar}", catalogue.say(words)) for name, (metavar, words, _) in EVERYWHERE.items()]
        return [
            catalogue.say("cli.usage", command=f"{context.command_path} [OPTIONS] [COMMAND]"),
            catalogue.say("cli.about_root"),
            "",
            *in_columns(list(self.own_rows(catalogue))),
            "",
            catalogue.say("cli.options_everywhere"),
            *in_columns(options),
            "",
            *(f"  {example}" for example in self.examples),
            f'  eval "$(_GREENSTAR_COMPLETE=bash_source greenstar)"  {catalogue.say("cli.completion")}',
        ]


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        output.say(f"greenstar {__version__}")
        context.exit()


def _open_screen(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        from greenstar.cli.commands.screen import open_screen  # noqa: PLC0415  (a command alone must not load it)

        session = context.ensure_object(Session)
        refuse_both(session)
        open_screen(session)


root = Root(
    "greenstar",
    COMMANDS,
    about="cli.about_root",
    examples=("greenstar demo",),
    callback=click.pass_context(_open_screen),
    invoke_without_command=True,
    params=[
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, hidden=True, callback=_version)
    ],
)
