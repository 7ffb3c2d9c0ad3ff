"""Whether a document is signed, by whom, and whether that counts here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from greenstar.i18n.phrase import Phrase
from greenstar.record.public_key import PublicKey
from greenstar.record.signing import NoSignature, read_signature
from greenstar.services.trust.trust import KeyStanding, Trust
from greenstar.services.verification.problem import ProblemPlace, Verification, Wrong

_KINDS = {
    KeyStanding.UNKNOWN: Wrong.UNKNOWN_SIGNER,
    KeyStanding.NOT_YET: Wrong.OUT_OF_TIME,
    KeyStanding.NO_LONGER: Wrong.OUT_OF_TIME,
    KeyStanding.REVOKED: Wrong.REVOKED,
}


@dataclass(frozen=True)
class SignedDocument:
    """A document that may be signed: `what` it is in a sentence, when and by whom it says it was made, its bytes."""

    what: Phrase
    at: datetime
    by: str
    document: bytes
    sha256: str


class SignatureChecker(NamedTuple):
    """Whether a document is signed at all, and how the keys stand whose signatures fit it."""

    any: bool
    keys: Mapping[PublicKey, KeyStanding]


class Signers:
    """Looks at signatures by the lists of whose count."""

    def __init__(self, trust: Trust, signatures: Mapping[str, Sequence[str]]) -> None:
        self.trust = trust
        self._signatures = signatures

    def check(self, signed: SignedDocument, place: ProblemPlace | None, result: Verification) -> SignatureChecker:
        """Note what is wrong with the signatures of a document; which there are.

        One that counts is enough: others, by whomever, take nothing from it. One that does not fit the document is
        always told.
        """
        armours = self._signatures.get(signed.sha256, ())
        standings: dict[PublicKey, KeyStanding] = {}
        for armour in armours:
            result.signatures += 1
            try:
                signature = read_signature(armour)
                holds = signature.holds(signed.document)
            except NoSignature:
                holds = False
            if not holds:
                result.wrong(Wrong.BAD_SIGNATURE, Phrase("verify.bad_signature", what=signed.what), place)
                continue
            standings[signature.key] = self.trust.standing(signature.key, signed.at)
        self._tell(signed, standings, place, result)
        return SignatureChecker(bool(armours), standings)

    def _tell(
        self,
        signed: SignedDocument,
        standings: Mapping[PublicKey, KeyStanding],
        place: ProblemPlace | None,
        result: Verification,
    ) -> None:
        """Note that none of the keys counts, or none that does is that of whoever the document says it is by."""
        counting = [key for key, standing in standings.items() if standing is KeyStanding.COUNTS]
        for key, standing in standings.items() if not counting else ():
            sentence = Phrase(f"verify.signer_{standing.value}", what=signed.what, key=key.fingerprint)
            result.wrong(_KINDS[standing], sentence, place)
        listed = [signer for key in counting for signer in self.trust.counting(key, signed.at)]
        if listed and not any(signer.is_named(signed.by) for signer in listed):
            sentence = Phrase("verify.signer_other", what=signed.what, by=signed.by, name=listed[0].name)
            result.wrong(Wrong.OTHER_SIGNER, sentence, place)
