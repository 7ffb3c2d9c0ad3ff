"""Whose signatures count: lists that OpenSSH reads too, from when, until when, and what is wrong in them."""

import os
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest

from greenstar.errors import BadInput, StorageError
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.record.allowed_signers import allowed_line
from greenstar.record.private_key import Ed25519Key
from greenstar.record.public_key import PublicKey, read_public_key
from greenstar.services.trust.changes import add, remove, revoke
from greenstar.services.trust.signer_files import add_line, revoked_file, signers_file
from greenstar.services.trust.trust import KeyStanding, load_trust
from tests.record.openssh_vectors import OTHER_KIND_PUBLIC, PUBLIC
from tests.rows import rows

KEY, _ = read_public_key(PUBLIC)
OTHER = PublicKey(bytes(range(32)))
IN_MAY = datetime(2026, 5, 12, tzinfo=UTC)


def refused(change: str, *arguments: object, **named: object) -> str:
    """Why a change is refused, as the key of its sentence."""
    with pytest.raises(BadInput) as caught:
        {"add": add, "remove": remove, "revoke": revoke}[change](*arguments, **named)  # type: ignore[operator] # by name
    return caught.value.message.key


def standing(key: PublicKey = KEY, at: datetime = IN_MAY) -> KeyStanding:
    """How a key stands by the lists as they are now."""
    return load_trust().standing(key, at)


def test_without_lists_nobody_counts_and_nothing_is_wrong() -> None:
    trust = load_trust()
    assert (trust.signers, dict(trust.revoked), trust.problems) == ((), {}, ())
    assert standing() is KeyStanding.UNKNOWN


@rows(
    ("text", "name", "as_listed"),
    [
        (PUBLIC, None, "A. Assessor"),
        (f"\n# mine\n{PUBLIC}\n", None, "A. Assessor"),
        (PUBLIC, "Ann, the Eye", "Ann? the Eye"),
        (allowed_line("王工", KEY), None, "王工"),
    ],
)
def test_a_key_counts_once_it_is_listed_and_is_unknown_once_it_is_off_the_list(
    text: str, name: str | None, as_listed: str
) -> None:
    signer = add(text, name=name)
    assert (signer.name, standing(), load_trust().name_of(KEY)) == (as_listed, KeyStanding.COUNTS, as_listed)
    assert [removed.key for removed in remove(as_listed)] == [KEY]
    assert standing() is KeyStanding.UNKNOWN
    assert signers_file().read_text() == ""


def test_a_key_counts_from_a_day_until_another() -> None:
    add(PUBLIC, since=date(2026, 5, 1), until=date(2026, 6, 1))
    days = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((4, 30), (5, 1), (5, 31), (6, 1))]
    assert [standing(at=day) for day in days] == [
        KeyStanding.NOT_YET,
        KeyStanding.COUNTS,
        KeyStanding.COUNTS,
        KeyStanding.NO_LONGER,
    ]


def test_of_a_revoked_key_nothing_counts_whenever_it_signed() -> None:
    add(PUBLIC)
    revocation = revoke("a. assessor")
    assert (revocation.key, revocation.name, revocation.since) == (KEY, "A. Assessor", None)
    assert standing() is KeyStanding.REVOKED
    assert revoked_file().read_text() == f"{KEY.line} A. Assessor\n"
    assert refused("revoke", KEY.fingerprint) == "trust.revoked_already"
    remove(KEY.fingerprint[:14])
    assert refused("add", PUBLIC) == "trust.revoked_already"
    assert standing() is KeyStanding.REVOKED


def test_a_key_that_is_not_listed_can_be_revoked_by_itself() -> None:
    assert revoke(PUBLIC).key == KEY
    assert standing() is KeyStanding.REVOKED


def test_a_key_that_is_revoked_from_a_day_on_counts_before() -> None:
    add(PUBLIC, since=date(2026, 1, 1))
    assert revoke(KEY.fingerprint, since=date(2026, 5, 1)).since == date(2026, 5, 1)
    assert standing() is KeyStanding.NO_LONGER
    assert standing(at=datetime(2026, 4, 1, tzinfo=UTC)) is KeyStanding.COUNTS
    assert standing(at=datetime(2025, 4, 1, tzinfo=UTC)) is KeyStanding.NOT_YET


def test_what_somebody_wrote_into_a_list_stays() -> None:
    add(PUBLIC)
    signers_file().write_text(f"# ours, by hand\nbob {OTHER.line}\n{allowed_line('ann', KEY)}", encoding="utf-8")
    add(Ed25519Key.new().public.line, name="cy")
    assert signers_file().read_text().splitlines()[:3] == [
        "# ours, by hand",
        f"bob {OTHER.line}",
        allowed_line("ann", KEY),
    ]
    remove("ann")
    assert [signer.name for signer in load_trust().signers] == ["bob", "cy"]


@rows(
    ("change", "arguments", "named", "key"),
    [
        ("add", ("nonsense",), {}, "trust.no_key"),
        ("add", ("",), {}, "trust.no_key"),
        ("add", (f"{PUBLIC}\n{OTHER.line}",), {}, "trust.several_keys"),
        ("add", (OTHER_KIND_PUBLIC,), {}, "trust.other_kind"),
        ("add", (KEY.line,), {}, "trust.whose"),
        ("add", (KEY.line,), {"name": " "}, "trust.whose"),
        ("add", (PUBLIC,), {"since": date(2026, 5, 1), "until": date(2026, 5, 1)}, "trust.ends_first"),
        ("remove", ("ann",), {}, "trust.not_listed"),
        ("remove", ("SHA256:",), {}, "trust.not_listed"),
        ("revoke", ("ann",), {}, "trust.not_listed"),
        ("revoke", (PUBLIC,), {"since": date(2026, 5, 1)}, "trust.not_listed"),
    ],
)
def test_what_names_no_key_changes_nothing(
    change: str, arguments: tuple[str, ...], named: dict[str, object], key: str
) -> None:
    assert refused(change, *arguments, **named) == key
    assert not signers_file().exists()
    assert not revoked_file().exists()


def test_one_key_twice_is_refused_and_where_it_stands_there_it_is_told() -> None:
    add(PUBLIC)
    assert refused("add", KEY.line, name="somebody else") == "trust.listed_already"
    add_line(signers_file(), f"bob {KEY.line}")
    (problem,) = load_trust().problems
    told = Catalogue("en").render(problem)
    assert told.startswith(f"{signers_file()}:2: the key of bob is listed in line 1 already, as A. Assessor.")
    assert standing() is KeyStanding.COUNTS


def test_somebody_with_two_keys_is_asked_which() -> None:
    add(PUBLIC, name="ann")
    add(OTHER.line, name="ann")
    assert refused("remove", "ann") == "trust.which_key"
    assert remove(OTHER.fingerprint)[0].key == OTHER
    assert load_trust().keys_of(["Ann", "bob"]) == {KEY}


def test_lines_that_list_nobody_are_told_with_their_places_in_every_language() -> None:
    lines = ["x", f"ann x {KEY.line}", f'ann valid-after="1" {KEY.line}', f'ann namespaces="git" {KEY.line}']
    for line in (*lines, f"ann {OTHER_KIND_PUBLIC}"):
        add_line(signers_file(), line)
    add_line(revoked_file(), "y")
    problems = load_trust().problems
    assert [problem.key for problem in problems] == [
        f"trust.line_{why}" for why in ("broken", "option", "time", "namespace", "kind", "broken")
    ]
    for language in LANGUAGES:
        told = [Catalogue(language).render(problem) for problem in problems]
        assert told[1].startswith(f"{signers_file()}:2")
        assert told[-1].startswith(f"{revoked_file()}:1")


@rows("content", [b"\xff\xfe", b"x" * 10_000_001])
def test_a_list_that_cannot_be_read_is_told_and_never_taken_for_an_empty_one(content: bytes) -> None:
    add(PUBLIC)
    signers_file().write_bytes(content)
    with pytest.raises(StorageError) as caught:
        load_trust()
    assert caught.value.message.key == "trust.no_list"
    signers_file().unlink()


def test_a_list_that_is_a_link_to_nowhere_is_never_taken_for_an_empty_one() -> None:
    add(PUBLIC)
    revoked_file().symlink_to("nowhere")
    with pytest.raises(StorageError) as caught:
        load_trust()
    assert caught.value.message.key == "trust.no_list"
    revoked_file().unlink()


@rows("call", ["write", "fsync"])
def test_a_line_that_a_full_disk_takes_half_of_is_taken_back(call: str) -> None:
    add(PUBLIC)
    before = signers_file().read_bytes()
    write = os.write

    def takes_half(descriptor: int, content: bytes = b"") -> int:
        if len(content) < 20:  # the second time, or nothing is written
            raise OSError(28, "No space left on device")
        return write(descriptor, content[:-10])

    with patch(f"greenstar.services.trust.signer_files.os.{call}", takes_half), pytest.raises(StorageError) as error:
        add(allowed_line("Bo", OTHER))
    assert "No space left on device" in Catalogue("en").render(error.value.message)
    assert signers_file().read_bytes() == before
    remove("A. Assessor")
