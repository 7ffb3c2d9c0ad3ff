"""A private key in OpenSSH's own format, with or without a passphrase: made, read, and written again."""

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from greenstar.record.public_key import NotOurs, PublicKey, key_in, unframed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_BEGIN, _END = "-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----"
_MAGIC = b"openssh-key-v1\0"
ROUNDS = 24
"""Rounds of bcrypt for a passphrase: what ssh-keygen takes since OpenSSH 9.4."""


class WrongPassphrase(ValueError):
    """The passphrase does not open the key."""


@dataclass(frozen=True, slots=True)
class LockedKey:
    """A private key's file as it was read. `public` is readable without the passphrase."""

    content: bytes
    public: PublicKey
    has_passphrase: bool

    def unlocked(self, passphrase: str = "") -> "Ed25519Key":
        """The key itself. WrongPassphrase: that is not its passphrase. NotOurs: it is broken."""
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - slow to load
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import load_ssh_private_key  # noqa: PLC0415

        if self.has_passphrase and not passphrase:
            raise WrongPassphrase
        try:
            key = load_ssh_private_key(self.content, passphrase.encode() if self.has_passphrase else None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            if self.has_passphrase:
                raise WrongPassphrase from error
            raise NotOurs from error
        if not isinstance(key, Ed25519PrivateKey):
            raise NotOurs
        return Ed25519Key(key)


class Ed25519Key:
    """An Ed25519 private key, open: it signs."""

    def __init__(self, key: "Ed25519PrivateKey") -> None:
        self._key = key
        self.public = PublicKey(key.public_key().public_bytes_raw())

    @classmethod
    def new(cls) -> Self:
        """A key that nobody else has."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - slow to load

        return cls(Ed25519PrivateKey.generate())

    def signature(self, content: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature."""
        return self._key.sign(content)

    def written(self, passphrase: str = "", rounds: int = ROUNDS) -> bytes:
        """The file of this key; empty: without a passphrase. `rounds`: how long each guess at it shall take."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - slow to load

        how: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase:
            builder = serialization.PrivateFormat.OpenSSH.encryption_builder().kdf_rounds(rounds)
            how = builder.build(passphrase.encode())
        return self._key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, how)


def read_private_key(content: bytes) -> LockedKey:
    """What a private key's file says without its passphrase. NotOurs: it is none, broken, or of another kind."""
    try:
        lines = content.decode("ascii").strip().splitlines()
        if (lines[0], lines[-1]) != (_BEGIN, _END):
            raise NotOurs
        blob = base64.b64decode("".join(lines[1:-1]), validate=True)
        if not blob.startswith(_MAGIC):
            raise NotOurs
        # Names of the cipher and of what makes a key of the passphrase, its options, how many keys (four bytes), ...
        cipher, _, rest = _first_three(blob[len(_MAGIC) :])
        if rest[:4] != (1).to_bytes(4, "big"):
            raise NotOurs
        public = next(unframed(rest[4:]))
    except (UnicodeDecodeError, binascii.Error, ValueError, IndexError, StopIteration) as error:
        if isinstance(error, NotOurs):
            raise
        raise NotOurs from error
    return LockedKey(content, key_in(public), cipher != b"none")


def _first_three(blob: bytes) -> tuple[bytes, bytes, bytes]:
    """The first two byte strings, and what follows the third."""
    strings = unframed(blob)
    first, second, third = next(strings), next(strings), next(strings)
    return first, second, blob[12 + len(first) + len(second) + len(third) :]
