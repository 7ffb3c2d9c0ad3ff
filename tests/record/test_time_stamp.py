"""Time stamps of RFC 3161: what they state, and of which bytes."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from greenstar.record.time_stamp import NeedsOpenSSL, NoTimeStamp, openssl_line, read_time_stamp
from tests.record.time_stamp_vectors import DOCUMENT, REFUSED, STAMPED, UNORDERED
from tests.rows import rows

CONFIGURATION = """\
[req]
distinguished_name = name
prompt = no
x509_extensions = extensions
[name]
CN = An authority
[extensions]
extendedKeyUsage = critical,timeStamping
[authority]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256,sha512
ess_cert_id_chain = no
"""


def test_a_time_stamp_states_a_hash_and_a_time() -> None:
    stamp = read_time_stamp(STAMPED)
    assert stamp.hash_name == "sha256"
    assert stamp.at == datetime(2026, 11, 29, 2, 22, 27, tzinfo=UTC)
    assert stamp.is_of(DOCUMENT)
    assert not stamp.is_of(DOCUMENT + b"\n")


@rows("content", [b"", b"no stamp", STAMPED[:-1], STAMPED + b"\0", REFUSED])
def test_what_is_cut_longer_or_an_answer_of_no_is_no_time_stamp(content: bytes) -> None:
    with pytest.raises(NoTimeStamp):
        read_time_stamp(content)


def test_one_with_certificates_that_are_not_in_order_is_not_read_and_not_called_none() -> None:
    with pytest.raises(NeedsOpenSSL):
        read_time_stamp(UNORDERED)


def test_the_line_that_checks_the_authority_can_be_typed_as_it_is() -> None:
    line = openssl_line("the seal.tsr", "seal.json")
    assert line == "openssl ts -verify -in 'the seal.tsr' -data seal.json -CAfile CERTIFICATES.pem"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="OpenSSL is not installed")
def test_a_time_stamp_of_openssl_is_of_its_document_and_its_authority_is_checked_by_our_line(tmp_path: Path) -> None:
    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=tmp_path, capture_output=True, check=True)

    (tmp_path / "own.cnf").write_text(CONFIGURATION)
    (tmp_path / "serial").write_text("01\n")
    (tmp_path / "seal.json").write_bytes(DOCUMENT)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem")
    openssl("req", "-x509", *curve, "-out", "CERTIFICATES.pem", "-days", "2", "-config", "own.cnf")
    openssl("ts", "-query", "-data", "seal.json", "-sha512", "-cert", "-out", "seal.tsq")
    signer = ("-signer", "CERTIFICATES.pem", "-inkey", "key.pem", "-config", "own.cnf", "-section", "authority")
    openssl("ts", "-reply", "-queryfile", "seal.tsq", *signer, "-out", "seal.tsr")
    stamp = read_time_stamp((tmp_path / "seal.tsr").read_bytes())
    assert (stamp.hash_name, stamp.is_of(DOCUMENT)) == ("sha512", True)
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=5)
    openssl(*openssl_line("seal.tsr", "seal.json").split()[1:])
