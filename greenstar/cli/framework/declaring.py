"""How a command is declared: its words in the catalogue, its options, and those that stand everywhere.

Help is written by us, not by click: in both languages, on one screen, with an example.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.language import language_of
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue

Function = Callable[..., Any]


class OneOf(click.ParamType[str]):
    """One of a few words; any other is refused in a sentence that lists them."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself."""
        if value not in self.words:
            raise BadInput("cli.not_one_of", name=name_of(param, ctx), found=value, allowed=self.words)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:  # noqa: ARG002
        """The words that begin as typed."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  (only while a shell completes)

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


class Word(click.ParamType[str]):
    """Text for the database. Bytes of another encoding are refused here, where it is known who typed them."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text itself."""
        text = str(value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise BadInput("cli.not_text", name=name_of(param, ctx), found=text)
        return text


TEXT = Word()


def name_of(parameter: click.Parameter | None, context: click.Context | None) -> str:
    """A parameter as help names it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(context) if parameter is not None and context is not None else "STORE"


class Described:
    """What a command and a group share: help from the catalogue, and the options that stand everywhere."""

    examples: Sequence[str]
    about: str
    rows: Sequence[tuple[str, str]] = ()  # the commands of a group, each with its catalogue entry

    def page(self, context: click.Context, catalogue: Catalogue) -> list[str]:
        """The lines of the help."""
        command = context.command
        pieces = " ".join(command.collect_usage_pieces(context))
        lines = [catalogue.say("cli.usage", command=f"{context.command_path} {pieces}"), ""]
        lines += catalogue.say(self.about).splitlines()
        own = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
        rows = [(name, catalogue.say(key)) for name, key in self.rows]
        rows += [(_spelled(option, context), catalogue.say(option.help or "cli.help")) for option in own]
        lines += ["", *columns(rows)] if rows else []
        lines += ["", catalogue.say("cli.everywhere")]
        lines += ["", *(f"  {example}" for example in self.examples)]
        return lines

    def get_help(self, context: click.Context) -> str:
        """The help in the language of the call."""
        return "\n".join(self.page(context, context.ensure_object(Session).catalogue))


class Command(Described, click.Command):
    """One command."""

    def __init__(self, name: str | None, *, about: str, examples: Sequence[str], **more: Any) -> None:
        super().__init__(name, **more)
        self.about, self.examples = about, examples
        self.params += everywhere()

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """`--help`, written by our own writer."""
        return help_option()

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        """The first line about it, for shell completion."""
        return Catalogue(language_of()).say(self.about).splitlines()[0]


class LazyGroup(Described, click.Group):
    """A group of commands, each imported only when it is called: `{name: "module:attribute"}`."""

    def __init__(
        self,
        name: str,
        places: Mapping[str, str],
        *,
        about: str,
        examples: Sequence[str],
        rows: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(name, **more)
        self.places, self.about, self.examples, self.rows = places, about, examples, rows
        self.params += everywhere()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in the order in which they are declared."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command and hand it over."""
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

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

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """`--help`, written by our own writer."""
        return help_option()


def command(name: str, *, about: str, examples: Sequence[str]) -> Callable[[Function], Command]:
    """Declare a command; it is called with the `Session` first."""

    def declare(function: Function) -> Command:
        return click.command(name, cls=Command, about=about, examples=examples)(click.pass_obj(function))

    return declare


def option(*names: str, words: str, **more: Any) -> Callable[[Function], Function]:
    """Declare an option; `words` is the catalogue entry that says what it does."""
    return click.option(*names, help=words, **more)


def store_argument() -> Callable[[Function], Function]:
    """Declare STORE: a store's code."""
    return click.argument("store", type=TEXT, metavar="STORE")


def as_json() -> Callable[[Function], Function]:
    """Declare `--json`."""
    return option("--json", "as_json", is_flag=True, words="cli.opt_json")


def everywhere() -> list[click.Parameter]:
    """The options that stand before and after every command."""
    kept: dict[str, Any] = {"expose_value": False, "hidden": True, "callback": _keep}
    return [
        click.Option(["--db"], metavar="FILE", **kept),
        click.Option(["--scheme"], metavar="S", **kept),
        click.Option(["--cycle"], type=TEXT, metavar="C", **kept),
        click.Option(["--assessor"], type=TEXT, metavar="NAME", **kept),
        click.Option(["--lang"], type=OneOf(*LANGUAGES), **kept),
    ]


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Put the value into the session; what stands after the command wins over what stands before it."""
    session = context.ensure_object(Session)
    if value is not None:
        assert parameter.name is not None
        setattr(session, parameter.name, value)


def help_option() -> click.Option:
    """`--help`: the page, to standard output, and done."""

    def show(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value and not context.resilient_parsing:
            output.say(context.get_help())
            context.exit()

    return click.Option(["--help"], is_flag=True, is_eager=True, expose_value=False, hidden=True, callback=show)


def columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Two columns: names, and what they mean."""
    width = max(len(name) for name, _ in rows)
    return [f"  {name.ljust(width)}  {words}" for name, words in rows]


def _spelled(option: click.Option, context: click.Context) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.make_metavar(context)}"
