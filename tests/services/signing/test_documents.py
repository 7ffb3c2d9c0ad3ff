"""What is sealed and stated is signed; where it cannot be, nothing is lost, and it is signed later."""

import json

import pytest

from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.record.signing import read_signature
from greenstar.record.statement import read_statement
from greenstar.services.settings.settings import keep
from greenstar.services.settings.settings_file import SIGNING
from greenstar.services.signing.documents import with_signature
from greenstar.services.signing.key_file import key_file
from greenstar.services.signing.later import sign_later
from greenstar.services.signing.signing import Signing, own_key
from greenstar.services.visit.lifecycle import decide, reopen, submit, withdraw
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.services.conftest import fill


@pytest.fixture
def workspace(visit: OpenVisit) -> Workspace:
    """A workspace with a visit that is filled in."""
    fill(visit)
    return visit.workspace


def signed_by_own(workspace: Workspace, sha256: str, document: str) -> bool:
    """Whether one's own key signed exactly this."""
    (armour,) = workspace.storage.signatures.of([sha256])[sha256]
    signature = read_signature(armour)
    return signature.key == own_key() and signature.holds(document.encode())


def test_a_seal_is_signed_as_it_is_made(workspace: Workspace) -> None:
    done = submit(workspace, "S-1")
    (row,) = workspace.storage.assessments.of_store("S-1")
    text = workspace.storage.assessments.sealed(row.id)
    assert text is not None
    assert signed_by_own(workspace, done.seal, text)
    assert (done.signed.key, done.signed.why_not) == (own_key(), None)


def test_that_a_key_was_made_is_told_once_with_where_it_lies(workspace: Workspace) -> None:
    sealed, decided = submit(workspace, "S-1").signed, decide(workspace, "S-1").signed
    assert (sealed.made, decided.made) == (key_file(), None)
    told = with_signature(Phrase("life.decided", store="S-1"), sealed)
    for language, words in (("en", "Keep a copy in a safe place"), ("zh", "请另存一份到安全的地方")):
        said = Catalogue(language).render(told)
        assert words in said
        assert str(key_file()) in said
    assert with_signature(Phrase("life.decided", store="S-1"), decided) == Phrase("life.decided", store="S-1")


def test_each_step_after_it_is_a_signed_statement_about_the_seal(workspace: Workspace) -> None:
    seal = submit(workspace, "S-1").seal
    certificate = decide(workspace, "S-1").certificate
    withdraw(workspace, "S-1", "the wrong meter was read")
    reopen(workspace, "S-1", "the meter was read again")
    rows = workspace.storage.statements.of_seals([seal])
    stated = [read_statement(row.document.encode()) for row in rows]
    assert [statement.kind for statement in stated] == ["decided", "withdrawn", "reopened"]
    assert {(each.seal, each.by, each.database) for each in stated} == {
        (seal, "Ada", workspace.storage.events.database_id())
    }
    assert stated[0].content == {"certificate": certificate, "last_day": "2029-05-11", "level": "two"}
    assert stated[1].content == {"because": "the wrong meter was read"}
    assert stated[2].content == {"because": "the meter was read again", "revision": 2}
    assert all(signed_by_own(workspace, row.sha256, row.document) for row in rows)


def test_what_cannot_be_signed_is_sealed_all_the_same_and_signed_later(workspace: Workspace) -> None:
    keep(SIGNING, "off")
    done = submit(workspace, "S-1")
    decided = decide(workspace, "S-1")
    reopened = reopen(workspace, "S-1", "the meter was read again")
    for signed in (done.signed, decided.signed, reopened.signed):
        assert signed.why_not is not None
        assert (signed.key, signed.why_not.key) == (None, "signing.switched_off")
    with pytest.raises(BadInput) as refused:
        sign_later(workspace, "S-1")
    assert refused.value.message.key == "signing.cannot_sign"
    keep(SIGNING, "auto")
    assert sign_later(workspace, "S-1") == (own_key(), 3)
    assert sign_later(workspace, "S-1") == (own_key(), 0)
    assert signed_by_own(workspace, done.seal, workspace.storage.assessments.sealed(1) or "")


def test_nobody_signs_later_what_somebody_else_submitted(workspace: Workspace) -> None:
    keep(SIGNING, "off")
    submit(workspace, "S-1")
    keep(SIGNING, "auto")
    assert sign_later(workspace.as_person("Bob"), "S-1")[1] == 0
    with pytest.raises(BadInput) as refused:
        sign_later(workspace, "S-2")
    assert refused.value.message.key == "signing.nothing_sealed"


def test_a_library_that_breaks_while_it_signs_loses_no_visit(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError("damaged")

    monkeypatch.setattr(Signing, "sign", broken)
    why = submit(workspace, "S-1").signed.why_not
    assert why is not None
    assert (why.key, why.values) == ("signing.no_library", {"technical": "MemoryError: damaged"})


def test_what_is_refused_leaves_neither_a_statement_nor_a_signature(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise BadInput("storage.no_visit", store="S-1", cycle="2026")

    monkeypatch.setattr("greenstar.services.visit.lifecycle.state", refused)
    submit(workspace, "S-1")
    with pytest.raises(BadInput):
        decide(workspace, "S-1")
    assert list(workspace.storage.statements.all()) == []
    assert len(list(workspace.storage.signatures.all())) == 1  # that of the seal


def test_a_statement_and_a_signature_are_never_changed_and_kept_once(workspace: Workspace) -> None:
    submit(workspace, "S-1")
    decide(workspace, "S-1")
    (kept,) = workspace.storage.statements.all()
    workspace.storage.statements.keep(read_statement(kept.document.encode()))
    for document, key, armour in list(workspace.storage.signatures.all()):
        workspace.storage.signatures.keep(document, key, armour + "x")
    assert list(workspace.storage.statements.all()) == [kept]
    assert not any(armour.endswith("x") for *_, armour in workspace.storage.signatures.all())
    assert json.loads(kept.document)["kind"] == "decided"
