"""The help of commands, written by us and not by click: in the reader's language, on one screen, with an example."""

from collections.abc import Iterable, Sequence

import click

from greenstar.cli.framework.parameters import EVERYWHERE
from greenstar.cli.session import Session
from greenstar.i18n.catalogue import Catalogue

NameAndMeaning = tuple[str, str]


class HelpPage:
    """What a command and a group share: help from the catalogue. `about` is the entry that says what it is for."""

    examples: Sequence[str]
    about: str

    def page(self, context: click.Context, catalogue: Catalogue) -> list[str]:
        """The lines of the help."""
        pieces = " ".join(context.command.collect_usage_pieces(context))
        rows = [*self.own_rows(catalogue), *_option_rows(context, catalogue)]
        return [
            catalogue.say("cli.usage", command=f"{context.command_path} {pieces}"),
            "",
            *catalogue.say(self.about).splitlines(),
            *(["", *in_columns(rows)] if rows else []),
            "",
            catalogue.say("cli.everywhere", options="  ".join(f"{name} {row[0]}" for name, row in EVERYWHERE.items())),
            "",
            *(f"  {example}" for example in self.examples),
        ]

    def own_rows(self, catalogue: Catalogue) -> Iterable[NameAndMeaning]:  # noqa: ARG002 - a group has some
        """What stands before the options."""
        return ()

    def get_help(self, context: click.Context) -> str:
        """The help in the language of the call."""
        return "\n".join(self.page(context, context.ensure_object(Session).catalogue))


def in_columns(rows: Sequence[NameAndMeaning]) -> list[str]:
    """Two columns: names, and what they mean."""
    width = max(len(name) for name, _ in rows)
    return [f"  {name.ljust(width)}  {words}" for name, words in rows]


def _option_rows(context: click.Context, catalogue: Catalogue) -> list[NameAndMeaning]:
    options = [option for option in context.command.params if isinstance(option, click.Option) and not option.hidden]
    return [(_spelled(option, context), catalogue.say(option.help or "cli.help")) for option in options]


def _spelled(option: click.Option, context: click.Context) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.make_metavar(context)}"
