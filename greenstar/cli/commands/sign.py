"""`greenstar sign`: signs later what could not be signed at the time."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json, store_argument
from greenstar.cli.framework.passphrase import tell, unlock
from greenstar.cli.session import Session
from greenstar.reports.json.lifecycle import signed_json
from greenstar.services.signing.documents import SigningOutcome
from greenstar.services.signing.key_file import key_file
from greenstar.services.signing.later import sign_later
from greenstar.services.stores.stores import find_store


@command("sign", about="signing.about_sign", examples=("greenstar sign WX-001",))
@store_argument()
@as_json()
def sign(session: Session, store: str, *, as_json: bool) -> None:
    """Sign what is still unsigned."""
    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        unlock(session.catalogue, workspace.signing)
        key, count = sign_later(workspace, store)
        made = key_file() if workspace.signing.newly_made() else None
        tell(session.catalogue, SigningOutcome(key, made=made), store)
    if as_json:
        output.document(signed_json(store, key, count))
    elif count:
        output.say(session.text("signing.signed", store=store, count=count, key=key.fingerprint))
    else:
        output.say(session.text("signing.nothing_left", store=store))
