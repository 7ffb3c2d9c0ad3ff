"""`greenstar trust key`: one's own public key, for those who are to trust it; and its passphrase."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json, option
from greenstar.cli.framework.passphrase import ask_for_another
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.record.allowed_signers import allowed_line, pattern_of
from greenstar.record.public_key import PublicKey
from greenstar.reports.json.trust import own_key_json
from greenstar.services.settings.settings import name_at_work
from greenstar.services.signing.key_file import CannotSign, key_file
from greenstar.services.signing.signing import change_passphrase, make_own_key, own_key, refuse_without_library


@command(
    "key", about="trust.about_key", examples=("greenstar trust key > my-key.txt", "greenstar trust key --passphrase")
)
@option("--passphrase", is_flag=True, words="trust.opt_passphrase")
@as_json()
def key(session: Session, *, passphrase: bool, as_json: bool) -> None:
    """Print one's own public key, which is made where there is none yet; or give it another passphrase."""
    name = name_at_work(session.assessor)
    try:
        public = _made_ready(session, name, passphrase=passphrase)
    except CannotSign as error:
        raise BadInput("signing.cannot_use", why=error.message) from error
    output.note(session.text("trust.own_fingerprint", key=public.fingerprint))
    if as_json:
        output.document(own_key_json(name, public))
    else:
        output.say(allowed_line(pattern_of(name), public))


def _made_ready(session: Session, name: str, *, passphrase: bool) -> PublicKey:
    refuse_without_library()
    if make_own_key(name):
        output.note(session.text("signing.made", file=key_file()))
    if passphrase:
        change_passphrase(*ask_for_another(session.catalogue))
        output.note(session.text("trust.passphrase_changed", file=key_file()))
    public = own_key()
    assert public is not None, "it was there a moment ago"
    return public
