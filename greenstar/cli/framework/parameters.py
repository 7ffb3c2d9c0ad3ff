"""What commands take: options and arguments, the types of their values, and the options that stand everywhere."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click
from typing_extensions import override

from greenstar.cli.framework import output
from greenstar.cli.framework.language import is_language
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.numbers import read_number
from greenstar.text import folded

if TYPE_CHECKING:
    from greenstar.cli.framework.completion import What

Function = Callable[..., Any]


class OneOf(click.ParamType[str]):
    """One of a few words; any other is refused in a sentence that lists them."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.words:
            raise BadInput("cli.not_one_of", name=name_of(param, ctx), given=value, allowed=self.words)
        return str(value)

    @override
    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem  # noqa: PLC0415  (only while a shell completes)

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


BOTH = "both"
"""What stands for a language where a command writes all that the program speaks."""


class LanguageName(click.ParamType[str]):
    """A language: the program's own, or another that a scheme may have; or `both`, which few commands write."""

    name = "language"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value == BOTH:
            return BOTH
        if not is_language(value):
            raise _not_a_language(name_of(param, ctx), value)
        speaks_it = Catalogue(value).own_language == value.partition("-")[0]
        if not speaks_it and not (ctx is not None and ctx.resilient_parsing):
            output.note(Catalogue(value).say("cli.language_of_schemes", language=value, own=tuple(LANGUAGES)))
        return str(value)

    @override
    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        both = [BOTH] if getattr(ctx.command, "both", False) else []
        return OneOf(*LANGUAGES, *both).shell_complete(ctx, param, incomplete)


def _not_a_language(name: str, value: Any) -> BadInput:
    return BadInput("cli.not_a_language", name=name, found=value, own=tuple(LANGUAGES))


def refuse_both(session: Session) -> None:
    """BadInput: two languages were asked for of what has one at a time."""
    if session.both:
        raise _not_a_language("--lang", BOTH)


class Count(click.ParamType[int]):
    """A whole number within bounds; any other is refused in a sentence that names them."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 10 and self.least <= int(text) <= self.most):
            bounds = {"least": str(self.least), "most": str(self.most)}
            raise BadInput("cli.not_a_count", name=name_of(param, ctx), given=value, **bounds)
        return int(text)


class Share(click.ParamType[Fraction]):
    """A share between 1 % and 99 %, written as `20%` or `20`; any other is refused in a sentence."""

    name = "share"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        percent = read_number(str(value).strip().removesuffix("%").strip())
        if percent is None or not 1 <= percent <= 99:
            raise BadInput("sure.not_weights", name=name_of(param, ctx), given=str(value)[:40])
        return percent / 100


class StoredText(click.ParamType[str]):
    """Text for the database. Bytes of another encoding are refused here, where it is known who typed them."""

    name = "text"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise BadInput("cli.not_text", name=name_of(param, ctx), given=text)
        return text


class Known(StoredText):
    """A text that most often is one of those that the database holds: these are what a shell completes.

    `or_file`: it may be the name of a file as well, which may be of any bytes.
    """

    def __init__(self, what: "What", *, or_file: bool = False) -> None:
        self.what: What = what
        self.or_file = or_file

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value) if self.or_file else super().convert(value, param, ctx)

    @override
    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem  # noqa: PLC0415  (only while a shell completes)

        from greenstar.cli.framework.completion import known_words  # noqa: PLC0415

        start = folded(incomplete)
        words = known_words(ctx.find_object(Session) or Session(), self.what)
        items = [CompletionItem(word) for word in words if folded(word).startswith(start)]
        return [*items, CompletionItem(incomplete, type="file")] if self.or_file else items


TEXT = StoredText()
STORE, REGION, CRITERION = Known("store"), Known("region"), Known("criterion")

# The options that stand before and after every command: metavar, catalogue entry and type of each.
EVERYWHERE: dict[str, tuple[str, str, click.ParamType[str] | None]] = {
    "--db": ("FILE", "cli.opt_db", None),
    "--scheme": ("S", "cli.opt_scheme", Known("scheme", or_file=True)),
    "--cycle": ("C", "cli.opt_cycle", Known("cycle")),
    "--assessor": ("NAME", "cli.opt_assessor", TEXT),
    "--lang": ("|".join((*LANGUAGES, "…")), "cli.opt_lang", LanguageName()),
}


def everywhere() -> list[click.Parameter]:
    """The options that stand everywhere, as click takes them; what they say goes into the session."""
    return [
        click.Option([name], metavar=metavar, type=kind, expose_value=False, hidden=True, callback=_keep)
        for name, (metavar, _, kind) in EVERYWHERE.items()
    ]


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Put the value into the session; what stands after the command wins over what stands before it."""
    session = context.ensure_object(Session)
    if value is None:
        return
    assert parameter.name is not None
    if parameter.name == "lang":
        session.both = value == BOTH
    if value != BOTH or parameter.name != "lang":
        setattr(session, parameter.name, value)


def option(*names: str, words: str, **settings: Any) -> Callable[[Function], Function]:
    """Declare an option; `words` is the catalogue entry that says what it does."""
    return click.option(*names, help=words, **settings)


def as_json() -> Callable[[Function], Function]:
    """Declare `--json`."""
    return option("--json", "as_json", is_flag=True, words="cli.opt_json")


def store_argument() -> Callable[[Function], Function]:
    """Declare STORE: a store's code."""
    return click.argument("store", type=STORE, metavar="STORE")


def help_option() -> click.Option:
    """`--help`: the page, to standard output, and done."""

    def show(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value and not context.resilient_parsing:
            output.say(context.get_help())
            context.exit()

    return click.Option(["--help"], is_flag=True, is_eager=True, expose_value=False, hidden=True, callback=show)


def refuse_together(given: Mapping[str, object]) -> bool:
    """Refuse (BadInput) that more than one of these is given; whether one is. By their names; None: it is not given."""
    asked = [name for name, value in given.items() if value is not None]
    if len(asked) > 1:
        raise BadInput("cli.not_together", first=asked[0], second=asked[1])
    return bool(asked)


def name_of(parameter: click.Parameter | None, context: click.Context | None) -> str:
    """A parameter as help names it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(context) if parameter is not None and context is not None else "STORE"
