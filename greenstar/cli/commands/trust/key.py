"""`greenstar trust key`: one's own public key, for those who are to trust it; and its passphrase."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json, option
from greenstar.cli.framework.passphrase import ask_for_another
from greenstar.cli.session import Session
from greenstar.record.allowed_signers import allowed_line, pattern_of
from greenstar.reports.json.trust import own_key_json
from greenstar.services.settings.settings import person_at_work
from greenstar.services.signing.key_file import key_file
from greenstar.services.signing.signing import Signing, change_passphrase


@command("key", about="trust.about_key", examples=("greenstar trust key > my-key.txt", "greenstar trust key --passphrase"))
@option("--passphrase", is_flag=True, words="trust.opt_passphrase")
@as_json()
def key(session: Session, *, passphrase: bool, as_json: bool) -> None:
    """Print one's own public key, which is made where there is none yet; or give it another passphrase."""
    name = person_at_work(session.assessor)
    if passphrase:
        change_passphrase(*ask_for_another(session), name=name)
        output.note(session.text("trust.passphrase_changed", file=key_file()))
    public, made = Signing().public_key(name)
    if made:
        output.note(session.text("signing.made", file=key_file()))
    output.note(session.text("trust.own_fingerprint", key=public.fingerprint))
    if as_json:
        output.document(own_key_json(name, public))
    else:
        output.say(allowed_line(pattern_of(name), public))
