"""Samples beside the user's own database: the sample network in its folder, and one for a tour, which is temporary."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from greenstar.assessment.answers_file import read_answers_files
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.loader import EXAMPLES
from greenstar.services.demo.network import FILE, make_demo
from greenstar.services.demo.sample import is_sample
from greenstar.services.demo.sample_files import with_sample_files
from greenstar.services.progress import Progress
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.settings import settings
from greenstar.services.visit.import_answers import recorded
from greenstar.services.workspace import Workspace, utc_now

TOUR_STORE, TOUR_STORES = "HF-002", 24
_FOLDER = "greenstar-demo"
_TOUR_VISIT, _TOUR_BEGINS = "leased-4s.yaml", "WAT-P1"
_LEFT_OPEN = (  # what the tour answers, and what keeps the next level within reach
    *("wash_meter", "wash_meter_read", "wash_total_m3", "cars_washed_n", "wash_makeup_m3"),
    *("rain_system", "green_building", "initiative", "innovations_n"),
)
_TOUR_ASSESSOR = "Tour · 导览"


def sample_folder() -> Path:
    """The folder of the sample network, in the user's data folder."""
    return settings.home() / _FOLDER


def sample_network(progress: Progress | None = None) -> Path:
    """The database of the sample network; it is made where there is none, and else as somebody left it.

    BadInput: what lies there is no sample.
    """
    path = sample_folder() / FILE
    if path.exists():
        with Workspace.open(path, write=False) as workspace:
            if is_sample(workspace):
                return path
    return make_demo(sample_folder(), progress=progress).path


def tour_network(folder: Path, progress: Progress | None = None, clock: Callable[[], datetime] = utc_now) -> Path:
    """A small sample network in a folder that is thrown away, with a visit that a tour goes on with.

    Where it cannot be finished the folder is thrown away at once.
    """
    try:
        return _tour_network(folder, progress, clock)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _tour_network(folder: Path, progress: Progress | None, clock: Callable[[], datetime]) -> Path:
    path = make_demo(folder, stores=TOUR_STORES, progress=progress).path
    with Workspace.open(path, assessor=_TOUR_ASSESSOR, clock=clock) as workspace:
        (file,) = read_answers_files(SHIPPED_SCHEME / EXAMPLES / _TOUR_VISIT, find_scheme)
        answers = {name: value for name, value in file.visit.answers.items() if name not in _LEFT_OPEN}
        visit = replace(file.visit, answers=answers)
        with workspace.storage.transaction():
            at = workspace.now()
            opened = recorded(workspace, file.scheme, with_sample_files(file.scheme, visit, at), at)
            workspace.storage.assessments.put_cursor(opened.assessment.id, _TOUR_BEGINS, None, at)
    return path


def tour_workspace(path: Path, clock: Callable[[], datetime] = utc_now) -> Workspace:
    """A workspace on it, with an assessor of its own: nobody is asked for a name."""
    return Workspace.open(path, assessor=_TOUR_ASSESSOR, clock=clock)
