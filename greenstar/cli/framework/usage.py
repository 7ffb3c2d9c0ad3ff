"""What click finds wrong with how a command was called, in our words."""

from collections.abc import Iterator

import click

from greenstar.cli.framework.parameters import name_of
from greenstar.i18n.catalogue import Catalogue


def usage_sentences(error: click.UsageError, catalogue: Catalogue) -> Iterator[str]:
    """What is wrong, and where to read how it is done."""
    match error:
        case click.NoSuchOption():
            yield catalogue.say("cli.no_such_option", name=error.option_name)
            if error.possibilities:
                yield catalogue.say("cli.did_you_mean", word=error.possibilities[0])
        case click.MissingParameter():
            yield catalogue.say("cli.missing_parameter", name=name_of(error.param, error.ctx))
        case click.BadOptionUsage():
            yield catalogue.say("cli.bad_option", name=error.option_name, count=_values_of(error))
        case click.exceptions.NoArgsIsHelpError():
            yield error.format_message()  # the whole page
            return
        case _:
            yield error.format_message()
    if error.ctx is not None:
        yield catalogue.say("cli.see_help", command=error.ctx.command_path)


def _values_of(error: click.BadOptionUsage) -> int:
    """How many values the option takes."""
    options = error.ctx.command.params if error.ctx is not None else []
    return next((option.nargs for option in options if error.option_name in option.opts), 1)
