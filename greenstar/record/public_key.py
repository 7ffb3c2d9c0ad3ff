"""A public key as OpenSSH writes it: Ed25519 and no other kind, as its 32 bytes."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

KIND = "ssh-ed25519"
_BYTES = 32


class NotOurs(ValueError):
    """It is no key, or one of another kind. `kind`: of which kind it says that it is; empty where it is no key."""

    def __init__(self, kind: str = "") -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key. `raw`: its 32 bytes."""

    raw: bytes

    @property
    def blob(self) -> bytes:
        """The key as OpenSSH sends it."""
        return framed(KIND.encode(), self.raw)

    @property
    def line(self) -> str:
        """The key as it stands in files: kind and base64."""
        return f"{KIND} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """What people compare: `SHA256:…`, as `ssh-keygen -l` shows it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def digits(self) -> str:
        """The same as 64 hexadecimal digits: what files and rows are named by."""
        return hashlib.sha256(self.blob).hexdigest()


def read_public_key(line: str) -> tuple[PublicKey, str]:
    """A key and the comment after it, from a line such as `ssh-ed25519 AAAA… name`. NotOurs: it holds none."""
    kind, _, rest = line.strip().partition(" ")
    encoded, _, comment = rest.strip().partition(" ")
    if kind != KIND:
        raise NotOurs(kind if kind.startswith(("ssh-", "ecdsa-", "sk-")) and encoded else "")
    try:
        blob = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotOurs from error
    return key_in(blob), comment.strip()


def key_in(blob: bytes) -> PublicKey:
    """The key that OpenSSH sends so. NotOurs: it is none, or of another kind."""
    try:
        parts = list(unframed(blob))
        kind = parts[0].decode("ascii")
    except (ValueError, IndexError) as error:
        raise NotOurs from error
    if kind != KIND:
        raise NotOurs(kind)
    if len(parts) != 2 or len(parts[1]) != _BYTES:
        raise NotOurs
    return PublicKey(parts[1])


def framed(*parts: bytes) -> bytes:
    """Byte strings one after the other, each with its length before it (RFC 4251's `string`)."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def unframed(content: bytes) -> Iterator[bytes]:
    """The byte strings that `framed` wrote. ValueError: they end too early."""
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        at += 4
        if at + size > len(content):
            raise ValueError("a byte string ends too early")
        yield content[at : at + size]
        at += size
