"""Whether what a program stumbled over is damage in what is stored: it is told as a sentence then."""

from contextlib import closing
from pathlib import Path

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.services.trust.trust import Trust
from greenstar.services.verification.problem import Wrong
from greenstar.services.verification.verify import verify
from greenstar.storage.opening import open_storage

_MAKES_STUMBLE = {Wrong.DAMAGED, Wrong.STRUCTURE, Wrong.REWRITTEN, Wrong.DIFFERS, Wrong.SCHEME, Wrong.SCORE}


def damage_in(path: Path) -> Phrase | None:
    """What is damaged in the database at a path, in a sentence; None: nothing is, or it cannot be looked at."""
    try:
        with closing(open_storage(path, write=False)) as storage:
            problems = verify(storage, trust=Trust()).problems
    except GreenStarError as error:
        return error.message
    except Exception:  # noqa: BLE001 - whatever it is: the first error is told as what it was
        return None
    problem = next((problem for problem in problems if problem.kind in _MAKES_STUMBLE), None)
    if problem is None:
        return None
    return Phrase("verify.damaged_content", file=str(path), problem=problem.sentence)
