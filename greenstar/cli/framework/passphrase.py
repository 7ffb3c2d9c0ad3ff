"""Signing, as a command asks and tells of it: for the passphrase, which is shown nowhere and kept nowhere."""

import os
from typing import TYPE_CHECKING

import click

from greenstar.cli.framework import output
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue

if TYPE_CHECKING:
    from greenstar.services.signing.documents import SigningOutcome
    from greenstar.services.signing.signing import Signing

_ATTEMPTS = 3


def unlock(catalogue: Catalogue, signing: "Signing") -> None:
    """Ask for the passphrase where the key has one; an empty one leaves the key closed, and so what follows unsigned.

    Where nobody sits at a terminal, nobody is asked.
    """
    if not (signing.waits_for_passphrase and output.somebody_types()):
        return
    for _ in range(_ATTEMPTS):
        passphrase = _asked(catalogue, "signing.ask")
        if not passphrase:
            return
        try:
            signing.unlock(passphrase)
        except BadInput as error:
            output.note(catalogue.render(error.message))
        else:
            return


def tell(catalogue: Catalogue, signed: "SigningOutcome", store: str, unsigned: str = "seal") -> None:
    """Say that a key was made, and that something is unsigned: the `seal`, or a `statement` about it."""
    if signed.made is not None:
        output.note(catalogue.say("signing.made", file=signed.made))
    if signed.why_not is not None:
        output.note(catalogue.say(f"signing.unsigned_{unsigned}", why=signed.why_not, store=store))


def ask_for_another(catalogue: Catalogue) -> tuple[str, str]:
    """The passphrase that one's own key has, and the one that it is to have; empty: none. BadInput: nobody is there."""
    from greenstar.services.signing.key_file import key_file, read_key  # noqa: PLC0415  (only where it is asked)
    from greenstar.services.signing.signing import VARIABLE  # noqa: PLC0415

    if not output.somebody_types():
        raise BadInput("signing.no_terminal")
    locked = read_key(key_file())
    before = ""
    if locked is not None and locked.has_passphrase:
        before = os.environ.get(VARIABLE) or _asked(catalogue, "signing.ask")
    while True:
        after = _asked(catalogue, "signing.ask_new")
        if after == _asked(catalogue, "signing.ask_again"):
            return before, after
        output.note(catalogue.say("signing.not_the_same"))


def _asked(catalogue: Catalogue, key: str) -> str:
    text: str = click.prompt(catalogue.say(key), default="", hide_input=True, show_default=False, err=True)
    return text
