"""Looking at everything, and putting away what is safe to put away."""

from datetime import datetime
from pathlib import Path

from greenstar.services.doctor.diagnosis import Diagnosis, warned
from greenstar.services.doctor.files import left_behind, places
from greenstar.services.doctor.machine import machine
from greenstar.services.doctor.record import record
from greenstar.services.progress import Progress, unwatched
from greenstar.storage.opening import examine_storage
from greenstar.storage.strays import remove_strays, strays_of


def look_at_all(database: Path, now: datetime, *, full: bool, progress: Progress = unwatched) -> list[Diagnosis]:
    """How everything is that the record in the database at a path depends on. Nothing is changed.

    `full`: all pages of the database, and all bytes of evidence, are read.
    """
    examined = examine_storage(database, full=full, progress=progress)
    newest = examined.newest if examined is not None else ""
    return [
        *record(database, examined, full=full),
        *places(database),
        *left_behind(database),
        *machine(now, newest),
    ]


def mend(database: Path) -> tuple[int, list[Diagnosis]]:
    """Remove what killed programs left half-written; how many files, and what could not be removed."""
    strays = strays_of(database)
    left = remove_strays(strays)
    told = [warned("strays", "not_removed", files=[str(file) for file in left])] if left else []
    return len(strays) - len(left), told
