"""Where the command line begins, and where everything that goes wrong becomes a sentence and an exit code."""

from collections.abc import Sequence

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.language import language_of
from greenstar.cli.framework.usage import usage_sentences
from greenstar.cli.root import root
from greenstar.cli.session import Session
from greenstar.errors import INTERRUPTED, BadFile, Exit, GreenStarError


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. `arguments` defaults to those of the process."""
    output.prepare()
    session = Session(lang=language_of(arguments))
    try:
        try:
            return _run(arguments, session)
        finally:
            output.finish()
    except output.ReaderGone:
        return Exit.DONE
    except GreenStarError as error:  # the disk would not take the last of the output
        output.note(session.catalogue.render(error.message))
        return error.exit


def _run(arguments: Sequence[str] | None, session: Session) -> int:
    try:
        code = root.main(arguments, prog_name="greenstar", standalone_mode=False, obj=session)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.UsageError as error:
        for sentence in usage_sentences(error, session.catalogue):
            output.note(sentence)
        return Exit.BAD_INPUT
    except BadFile as error:
        from greenstar.reports.text.problems import problem_lines  # noqa: PLC0415  (only where it is needed)

        for line in problem_lines(error, session.catalogue):
            output.note(line)
        return error.exit
    except GreenStarError as error:
        output.note(session.catalogue.render(error.message))
        return error.exit
    return code if isinstance(code, int) else Exit.DONE
