"""Changing whose signatures count: a key is listed, taken off the list, or revoked."""

from dataclasses import dataclass
from datetime import date

from greenstar.errors import BadInput
from greenstar.record.allowed_signers import AllowedSigner, allowed_line, pattern_of, read_allowed_signers
from greenstar.record.public_key import NotOurs, PublicKey, read_public_key
from greenstar.services.trust.signer_files import add_line, replace_lines, revoked_file, signers_file
from greenstar.services.trust.trust import Trust, load_trust
from greenstar.text import MOST_NAME, clean_name, excerpt

_LEAST_OF_A_FINGERPRINT = 12  # characters that say which key is meant, `SHA256:` and five more


@dataclass(frozen=True)
class Revocation:
    """A key that was revoked: whose it is as far as the list says, and from which day on; None: from always."""

    key: PublicKey
    name: str
    since: date | None


def add(text: str, *, name: str | None = None, since: date | None = None, until: date | None = None) -> AllowedSigner:
    """List a key, from what its owner sent: a line of `greenstar trust key`, or any public key of OpenSSH's.

    `since`, `until`: the days on which it begins, and ceases, to count. BadInput: it is no such key, nobody is named,
    or it is listed or revoked already.
    """
    key, names = _key_in(text)
    if name is not None:
        names = _pattern(name)
    if not names:
        raise BadInput("trust.whose")
    if since is not None and until is not None and until <= since:
        raise BadInput("trust.ends_first", since=since, until=until)
    trust = load_trust()
    if key in trust.revoked:
        raise BadInput("trust.revoked_already", key=key.fingerprint, file=str(revoked_file()))
    listed = trust.listed(key)
    if listed:
        raise BadInput("trust.listed_already", key=key.fingerprint, name=listed[0].name, line=listed[0].line)
    line = allowed_line(names, key, after=_written(since), before=_written(until))
    add_line(signers_file(), line)
    return next(signer for signer in load_trust().signers if signer.key == key)


def remove(who: str) -> list[AllowedSigner]:
    """Take a key off the list, by its fingerprint or its owner's name: from now on it is unknown here.

    BadInput: nobody is listed so, or several keys are.
    """
    trust = load_trust()
    key = _listed_key(trust, who)
    lines = trust.listed(key)
    replace_lines(signers_file(), [(signer.line, None) for signer in lines])
    return lines


def revoke(who: str, *, since: date | None = None) -> Revocation:
    """Let nothing count that a key signed, or, with `since`, nothing that it signed from that day on.

    `who`: a fingerprint, a name, or the key itself, which then need not be listed. BadInput: as `remove`, or it is
    revoked already.
    """
    trust = load_trust()
    try:
        key, _ = _key_in(who)
    except BadInput:
        key = _listed_key(trust, who)
    name = trust.name_of(key)
    if key in trust.revoked:
        raise BadInput("trust.revoked_already", key=key.fingerprint, file=str(revoked_file()))
    if since is None:
        add_line(revoked_file(), f"{key.line} {name}".rstrip())
        return Revocation(key, name, None)
    lines = trust.listed(key)
    if not lines:
        raise BadInput("trust.not_listed", who=key.fingerprint)
    replace_lines(signers_file(), [(signer.line, _ending(signer, since)) for signer in lines])
    return Revocation(key, name, since)


def _ending(signer: AllowedSigner, until: date) -> str:
    after = f"{signer.after.astimezone():%Y%m%d%H%M%S}" if signer.after is not None else ""
    return allowed_line(",".join(signer.names), signer.key, after=after, before=_written(until))


def _pattern(name: str) -> str:
    return pattern_of(clean_name(name)[:MOST_NAME])


def _key_in(text: str) -> tuple[PublicKey, str]:
    """The only key in a text, and for which names it says that it is. BadInput: there is none, or there are several."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if len(lines) != 1:
        raise BadInput("trust.no_key" if not lines else "trust.several_keys", count=len(lines))
    try:
        key, comment = read_public_key(lines[0])
    except NotOurs as error:
        if error.kind:
            raise BadInput("trust.other_kind", kind=error.kind) from error
    else:
        return key, _pattern(comment)
    signer = next(iter(read_allowed_signers(lines[0])))
    if isinstance(signer, AllowedSigner):
        return signer.key, ",".join(signer.names)
    raise BadInput("trust.no_key", count=1, text=excerpt(lines[0]))


def _listed_key(trust: Trust, who: str) -> PublicKey:
    """The only key that is meant by a name or a fingerprint, or its beginning."""
    wanted = who.strip()
    listed = {signer.key for signer in trust.signers}
    meant = {key for key in listed if len(wanted) >= _LEAST_OF_A_FINGERPRINT and key.fingerprint.startswith(wanted)}
    meant = meant or trust.keys_of([clean_name(who)])
    if not meant:
        raise BadInput("trust.not_listed", who=excerpt(who))
    if len(meant) > 1:
        raise BadInput("trust.which_key", who=excerpt(who), keys=sorted(key.fingerprint for key in meant))
    return meant.pop()


def _written(day: date | None) -> str:
    return "" if day is None else f"{day:%Y%m%d}"
