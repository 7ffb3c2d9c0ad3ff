"""How a command is declared, and a group of commands, each of which is imported only when it is called."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click
from typing_extensions import override

from greenstar.cli.framework.help_page import HelpPage, NameAndMeaning
from greenstar.cli.framework.language import language_of
from greenstar.cli.framework.parameters import Function, everywhere, help_option, refuse_both
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue


class CliCommand(HelpPage, click.Command):
    """One command. `both`: it writes two languages side by side with `--lang both`."""

    def __init__(
        self, name: str | None, *, about: str, examples: Sequence[str], both: bool = False, **settings: Any
    ) -> None:
        super().__init__(name, **settings)
        self.about, self.examples, self.both = about, examples, both
        self.params += everywhere()

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's, but what is wrong with an option is known with its command."""
        try:
            return super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx
            raise

    @override
    def invoke(self, ctx: click.Context) -> Any:
        if not self.both:
            refuse_both(ctx.ensure_object(Session))
        return super().invoke(ctx)

    @override
    def get_help_option(self, ctx: click.Context) -> click.Option:
        return help_option()

    @override
    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line about it, for shell completion."""
        return Catalogue(language_of()).say(self.about).splitlines()[0]


def command(name: str, *, about: str, examples: Sequence[str], both: bool = False) -> Callable[[Function], CliCommand]:
    """Declare a command; it is called with the `Session` first."""

    def declare(function: Function) -> CliCommand:
        return click.command(name, cls=CliCommand, about=about, examples=examples, both=both)(click.pass_obj(function))

    return declare


@dataclass(frozen=True)
class HelpLine:
    """Commands that share a line of a help page: what they are for, where each lies, and what follows their names.

    `places` are `{name: "module:attribute"}`.
    """

    about: str
    places: Mapping[str, str]
    arguments: str = ""

    @property
    def head(self) -> str:
        """The names as the page shows them."""
        return f"{', '.join(self.places)} {self.arguments}".rstrip()


class LazyGroup(HelpPage, click.Group):
    """A group of commands, each imported only when it is called."""

    def __init__(
        self, name: str, commands: Sequence[HelpLine], *, about: str, examples: Sequence[str], **settings: Any
    ) -> None:
        super().__init__(name, **settings)
        self.listed, self.about, self.examples = commands, about, examples
        self.places = {name: place for listed in commands for name, place in listed.places.items()}
        self.params += everywhere()

    @override
    def own_rows(self, catalogue: Catalogue) -> Iterable[NameAndMeaning]:
        return [(listed.head, catalogue.say(listed.about)) for listed in self.listed]

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order in which they are declared."""
        return list(self.places)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, but an unknown command is told in our words."""
        if args[0] not in self.places and not args[0].startswith("-") and not ctx.resilient_parsing:
            from greenstar.scheme.suggestions import nearest  # noqa: PLC0415 - only where a command is misspelt

            near = nearest(args[0], self.places)
            if near is not None:
                raise BadInput("cli.no_such_command_but", name=args[0], near=near)
            raise BadInput("cli.no_such_command", name=args[0], allowed=tuple(self.places))
        return super().resolve_command(ctx, args)

    @override
    def get_help_option(self, ctx: click.Context) -> click.Option:
        return help_option()
