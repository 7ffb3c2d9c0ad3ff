"""`greenstar trust list`."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.reports.json.trust import trust_json
from greenstar.reports.text.trust import trust_table
from greenstar.services.signing.signing import own_key
from greenstar.services.trust.signer_files import signers_file
from greenstar.services.trust.trust import load_trust


@command("list", about="trust.about_list", examples=("greenstar trust list", "greenstar trust list --json"))
@as_json()
def list_(session: Session, *, as_json: bool) -> None:
    """List whose signatures count; what is wrong in the lists goes to standard error."""
    trust = load_trust()
    for problem in trust.problems:
        output.note(session.catalogue.render(problem))
    try:
        own = own_key()
    except BadInput as error:
        own = None
        output.note(session.catalogue.render(error.message))
    if as_json:
        output.document(trust_json(trust, own, session.catalogue))
    elif trust.signers or trust.revoked:
        output.draw([trust_table(trust, own, session.catalogue)])
    else:
        output.note(session.text("trust.nobody", file=signers_file()))
