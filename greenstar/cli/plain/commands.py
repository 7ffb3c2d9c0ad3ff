"""The commands of a visit line by line: their names in each language, and what does them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from greenstar.cli.plain import files, finding_form, marks, moves, submitting
from greenstar.cli.plain.sitting import NotTaken, Sitting
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.suggestions import sentence_end
from greenstar.services.visit import drafts
from greenstar.text import folded

SIGNS = (":", "：")
"""What a command begins with, and no answer. An answer in own words that does has the sign twice."""

Does = Callable[[Sitting, str], object]


@dataclass(frozen=True)
class PlainCommand:
    """`argument` is the key of what follows the name in the help; `kept` the kind of field that keeps it half typed."""

    does: Does
    argument: str = ""
    kept: str = ""


def _help(sitting: Sitting, _: str) -> None:
    say = sitting.catalogue.say
    sitting.say("plain.help_intro")
    for name, command in COMMANDS.items():
        argument = f" {say(command.argument)}" if command.argument else ""
        label = f"{say('plain.sign')}{say(f'plain.name_{name}')}{argument}"
        sitting.say("words.labelled", label=label, text=Phrase(f"plain.does_{name}"))


COMMANDS: Mapping[str, PlainCommand] = {
    "help": PlainCommand(_help),
    "again": PlainCommand(moves.again),
    "next": PlainCommand(moves.following),
    "back": PlainCommand(moves.back),
    "open": PlainCommand(moves.next_open),
    "go": PlainCommand(moves.go, "plain.argument_where"),
    "list": PlainCommand(moves.list_place),
    "same": PlainCommand(marks.still_so),
    "clear": PlainCommand(marks.clear),
    "note": PlainCommand(marks.note, "plain.argument_text", "note"),
    "na": PlainCommand(marks.not_applicable, "plain.argument_reason", "exemption"),
    "flag": PlainCommand(marks.flag),
    "undo": PlainCommand(marks.undo),
    "redo": PlainCommand(marks.redo),
    "evidence": PlainCommand(files.listed),
    "attach": PlainCommand(files.attached, "plain.argument_paths", "evidence"),
    "verify": PlainCommand(files.verified, "plain.argument_number"),
    "caption": PlainCommand(files.captioned, "plain.argument_number_text"),
    "detach": PlainCommand(files.removed, "plain.argument_number"),
    "findings": PlainCommand(finding_form.listed),
    "finding": PlainCommand(finding_form.begin),
    "close": PlainCommand(finding_form.close, "plain.argument_number"),
    "still": PlainCommand(finding_form.still_open, "plain.argument_number"),
    "status": PlainCommand(submitting.status),
    "scorecard": PlainCommand(submitting.scorecard),
    "check": PlainCommand(submitting.check),
    "submit": PlainCommand(submitting.ask_to_submit),
    "quit": PlainCommand(submitting.leave),
}


def dispatch(sitting: Sitting, line: str) -> None:
    """Take a line: a command, or what is asked for. NotTaken: it is neither. StorageError: the disk would not."""
    text = line.strip()
    if not _is_command(text):
        sitting.take(_without_second_sign(text))
        return
    name, argument = _parts(text)
    command = _named(name)
    if command is None:
        names = [sitting.catalogue.say(f"plain.name_{known}") for known in COMMANDS]
        raise NotTaken(Phrase("plain.no_such_command", name=name, hint=sentence_end(name, names)))
    sitting.look()
    sitting.expect_answer()
    command.does(sitting, argument)


def cut_off(sitting: Sitting, line: str) -> None:
    """The input ended within this line: nothing is done by half, and what was typed is kept where it has a place."""
    text = line.strip()
    if not _is_command(text):
        sitting.cut_off(_without_second_sign(text))
        return
    name, argument = _parts(text)
    command = _named(name)
    if command is not None and command.kept and argument:
        sitting.keep_half_typed(drafts.field(command.kept, sitting.criterion), argument)
        sitting.say("plain.kept_half_typed", text=argument)
    else:
        sitting.not_done(text)


def _is_command(text: str) -> bool:
    return text.startswith(SIGNS) and not text[1:].startswith(SIGNS)


def _without_second_sign(text: str) -> str:
    return text[1:] if text.startswith(SIGNS) else text


def _parts(text: str) -> tuple[str, str]:
    """The name of a command, and what follows it."""
    name, _, argument = text[1:].strip().partition(" ")
    return name, argument.strip()


def _named(name: str) -> PlainCommand | None:
    """The command of that name in any language."""
    wanted = folded(name)
    for known, command in COMMANDS.items():
        names = (known, *(Catalogue(language).say(f"plain.name_{known}") for language in LANGUAGES))
        if wanted in names:
            return command
    return None
