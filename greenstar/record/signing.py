"""Signatures that OpenSSH makes and checks as well: SSHSIG over the exact bytes of a document, by an Ed25519 key.

`ssh-keygen -Y verify -n greenstar -f allowed_signers -I NAME -s SIGNATURE < DOCUMENT` checks one without this program.
The format: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig
"""

import base64
import binascii
import hashlib
import textwrap
from dataclasses import dataclass
from typing import Protocol

from greenstar.record.public_key import KIND, NotOurs, PublicKey, framed, key_in, unframed

NAMESPACE = "greenstar"
"""What a signature is made for: one that a key made for anything else (an e-mail, a commit) counts for nothing here."""

_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_HASHES = {"sha512": hashlib.sha512, "sha256": hashlib.sha256}
_HASH = "sha512"  # what `ssh-keygen -Y sign` takes: an Ed25519 signature is then the same, byte for byte
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70
_SIGNATURE_BYTES = 64


class NoSignature(ValueError):
    """A text that is no signature, or not one that counts here: of another namespace, hash or kind of key."""


class PrivateKey(Protocol):
    """What signs: `private_key` reads one."""

    @property
    def public(self) -> PublicKey:
        """The key that checks what this one signs."""

    def signature(self, content: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was read: by which key, over a document hashed how. Whether it holds, `holds` says."""

    key: PublicKey
    hash_name: str
    raw: bytes

    def holds(self, document: bytes) -> bool:
        """Whether the key signed exactly these bytes."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - slow to load
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        try:
            Ed25519PublicKey.from_public_bytes(self.key.raw).verify(self.raw, _signed(document, self.hash_name))
        except InvalidSignature:
            return False
        return True

    @property
    def armour(self) -> str:
        """The signature as text, as OpenSSH writes it."""
        signature = framed(KIND.encode(), self.raw)
        parts = framed(self.key.blob, NAMESPACE.encode(), b"", self.hash_name.encode(), signature)
        lines = textwrap.wrap(base64.b64encode(_MAGIC + _VERSION + parts).decode(), _WIDTH)
        return "\n".join([_BEGIN, *lines, _END, ""])


def signature_of(document: bytes, key: PrivateKey) -> Signature:
    """Sign a document's exact bytes."""
    return Signature(key.public, _HASH, key.signature(_signed(document, _HASH)))


def read_signature(armour: str) -> Signature:
    """The signature that a text is, written as OpenSSH writes it and in no other way. NoSignature: it is none."""
    lines = armour.splitlines()
    if len(lines) < 3 or (lines[0], lines[-1]) != (_BEGIN, _END):
        raise NoSignature("no SSH signature")
    try:
        content = base64.b64decode("".join(lines[1:-1]), validate=True)
        parts = list(unframed(content[len(_MAGIC) + len(_VERSION) :]))
        key, namespace, reserved, hash_name, signature = key_in(parts[0]), *parts[1:]
        kind, raw = unframed(signature)
    except (NotOurs, binascii.Error, ValueError, IndexError) as error:
        raise NoSignature("no SSH signature by an Ed25519 key") from error
    if namespace != NAMESPACE.encode() or reserved or hash_name.decode("latin-1") not in _HASHES:
        raise NoSignature("made for something else")
    if kind != KIND.encode() or len(raw) != _SIGNATURE_BYTES:
        raise NoSignature("no Ed25519 signature")
    read = Signature(key, hash_name.decode("latin-1"), raw)
    if read.armour != armour:  # else one could be altered here and there, and still be read as the same
        raise NoSignature("written otherwise than OpenSSH writes it")
    return read


def _signed(document: bytes, hash_name: str) -> bytes:
    """What is signed: the document's hash, and what for."""
    digest = _HASHES[hash_name](document).digest()
    return _MAGIC + framed(NAMESPACE.encode(), b"", hash_name.encode(), digest)
