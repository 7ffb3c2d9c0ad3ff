"""A time stamp of RFC 3161: the answer of a time-stamping authority (a .tsr file), and which bytes it is about.

`greenstar` asks no authority: that is done with `openssl ts` or a browser. Whether the authority is to be believed is
checked by `openssl ts -verify`, with the certificates that one trusts.
"""

import hashlib
import shlex
from dataclasses import dataclass
from datetime import datetime

_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


class NoTimeStamp(ValueError):
    """A file that is no time stamp, or an authority's answer that it made none."""


class NeedsOpenSSL(NoTimeStamp):
    """An answer whose certificates are not in the order of DER, as OpenSSL writes several: only OpenSSL reads it."""


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What a time stamp states: that bytes of this hash were there at that time, by the authority's clock.

    `hash_name`: sha256, sha384 or sha512; `digest`: in hexadecimal digits; `at`: in UTC.
    """

    hash_name: str
    digest: str
    at: datetime

    def is_of(self, content: bytes) -> bool:
        """Whether it is about exactly these bytes. Who made it is another question: `openssl_line` asks that."""
        return hashlib.new(self.hash_name, content).hexdigest() == self.digest


def read_time_stamp(content: bytes) -> TimeStamp:
    """What a .tsr file states.

    NotReadHere: ask OpenSSL. NoTimeStamp: it is none, an answer of no, or its hash is not relied on any more.
    """
    from rfc3161_client import PKIStatus, decode_timestamp_response  # noqa: PLC0415 - slow to load

    try:
        response = decode_timestamp_response(content)
        granted = response.status in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS)
        info = response.tst_info if granted else None
    except ValueError as error:
        if "InvalidSetOrdering" in str(error):
            raise NeedsOpenSSL("certificates that are not in order") from error
        raise NoTimeStamp("no answer of a time-stamping authority") from error
    if info is None:
        raise NoTimeStamp("the authority made no time stamp")
    imprint = info.message_imprint
    hash_name = _HASHES.get(imprint.hash_algorithm.dotted_string, "")
    if not hash_name or len(imprint.message) != hashlib.new(hash_name).digest_size:
        raise NoTimeStamp("a hash that is not relied on")
    return TimeStamp(hash_name, imprint.message.hex(), info.gen_time)


def openssl_line(time_stamp: str, document: str) -> str:
    """The command that checks who made a time stamp; the arguments name files, the certificates are one's own."""
    return f"openssl ts -verify -in {shlex.quote(time_stamp)} -data {shlex.quote(document)} -CAfile CERTIFICATES.pem"
