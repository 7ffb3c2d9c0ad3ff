"""The user's own key in one sitting: made on first use, opened once, and what it signs.

Nothing here is ever the reason that a visit is lost: whoever cannot sign is told why, and signs later.
"""

import os
from contextlib import suppress

from greenstar.errors import GreenStarError
from greenstar.record.public_key import PublicKey
from greenstar.record.signing import PrivateKey, Signature, signature_of
from greenstar.services.settings.settings import load_settings
from greenstar.services.settings.settings_file import SIGNING
from greenstar.services.signing.key_file import CannotSign, key_file, make_key, opened, read_key, write_key
from greenstar.services.trust.signer_files import is_revoked, list_signer

VARIABLE = "GREENSTAR_PASSPHRASE"
"""Says the passphrase where nobody sits at a terminal. It is kept nowhere."""


class Signing:
    """Signs with the user's own key."""

    def __init__(self) -> None:
        self._made = False
        self._open: PrivateKey | None = None

    def newly_made(self) -> bool:
        """Whether the key was made, and nobody was told so yet: true once."""
        made, self._made = self._made, False
        return made

    @property
    def waits_for_passphrase(self) -> bool:
        """Whether the key is there, and somebody has to be asked for its passphrase."""
        if self._open is not None or not is_wanted() or os.environ.get(VARIABLE):
            return False
        try:
            locked = read_key(key_file())
        except GreenStarError:
            return False  # a passphrase would not help
        return locked is not None and locked.has_passphrase

    def unlock(self, passphrase: str) -> None:
        """Open the key with its passphrase, for this sitting; it takes half a second. CannotSign: it is another one."""
        self._open = _opened(passphrase)

    def key(self, name: str) -> PrivateKey:
        """The key, open. Where there is none it is made, and listed as that person's. CannotSign: why not."""
        if self._open is None:
            if not is_wanted():
                raise CannotSign("signing.switched_off")
            refuse_without_library()
            self._made |= make_own_key(name)
            self._open = _opened(os.environ.get(VARIABLE, ""))
        if is_revoked(self._open.public):
            raise CannotSign("signing.revoked", file=str(key_file()))
        return self._open

    def sign(self, document: bytes, name: str) -> Signature:
        """Sign a document's exact bytes, as that person. CannotSign: why not."""
        return signature_of(document, self.key(name))


def is_wanted() -> bool:
    """Whether the settings let this program sign."""
    return load_settings()[SIGNING] != "off"


def own_key() -> PublicKey | None:
    """The user's own key, as others see it; no passphrase is needed. None: there is none yet.

    CannotSign: as `read_key`.
    """
    locked = read_key(key_file())
    return None if locked is None else locked.public


def make_own_key(name: str, passphrase: str | None = None) -> bool:
    """Make a key where there is none, and list it as that person's; whether it was made. CannotSign: as `read_key`.

    `passphrase`: what it is locked with; None: what the environment says, else nothing.
    """
    file = key_file()
    wanted = os.environ.get(VARIABLE, "") if passphrase is None else passphrase
    made = read_key(file) is None and make_key(file, wanted)
    key = own_key() if made else None
    if key is not None:
        with suppress(GreenStarError):  # the key signs all the same, and can be listed later
            list_signer(name, key)
    return made


def change_passphrase(before: str, after: str) -> None:
    """Give one's own key another passphrase, or (empty) none.

    CannotSign: `before` is not its passphrase, there is no key, or as `read_key`. StorageError: the disk would not.
    """
    refuse_without_library()
    file = key_file()
    locked = read_key(file)
    if locked is None:
        raise CannotSign("signing.none_yet", file=str(file))
    write_key(file, opened(file, locked, before), after)


def refuse_without_library() -> None:
    """CannotSign: the library that signs is not here, or damaged."""
    try:
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401, PLC0415 - slow to load
    except Exception as error:  # a damaged one fails in any way, and no visit may be lost by it
        raise CannotSign("signing.no_library", technical=f"{type(error).__name__}: {error}") from error


def _opened(passphrase: str) -> PrivateKey:
    file = key_file()
    locked = read_key(file)
    if locked is None:
        raise CannotSign("signing.none_yet", file=str(file))
    return opened(file, locked, passphrase)
