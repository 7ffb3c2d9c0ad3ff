"""Where the command line begins, and where everything that goes wrong becomes a sentence and an exit code."""

from collections.abc import Sequence

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.language import language_of
from greenstar.cli.framework.open_files import FOR_A_COMMAND, need_open_files
from greenstar.cli.framework.system_errors import is_of_system
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
        need_open_files(FOR_A_COMMAND)
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
    except Exception as error:
        if _tells_of_system(session, error) or _tells_of_damage(session):
            return Exit.STORAGE
        raise
    return code if isinstance(code, int) else Exit.DONE


def _tells_of_system(session: Session, error: Exception) -> bool:
    """Say what the system would not do, if that is what an error is about; whether it is.

    In the system's own words alone, where the program's own files cannot be read.
    """
    if not is_of_system(error):
        return False
    try:
        sentence = session.text("errors.system", technical=str(error))
    except (OSError, ImportError):
        sentence = str(error)
    output.note(sentence)
    return True


def _tells_of_damage(session: Session) -> bool:
    """Say what is damaged in the database, if that is what a command stumbled over; whether it is."""
    try:
        from greenstar.services.verification.damage import damage_in  # noqa: PLC0415  (only where something is wrong)

        sentence = damage_in(session.database) if session.database.is_file() else None
    except (OSError, ImportError) as error:
        return _tells_of_system(session, error)
    if sentence is not None:
        output.note(session.catalogue.render(sentence))
    return sentence is not None
