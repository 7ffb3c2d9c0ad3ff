"""`greenstar doctor`: how everything is that the record depends on, and what to do."""

import shutil
from datetime import datetime

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json, option
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import Exit
from greenstar.reports.json.doctor import doctor_json
from greenstar.reports.text.doctor import doctor_lines
from greenstar.services.doctor.diagnosis import Verdict
from greenstar.services.doctor.doctor import look_at_all, mend


@command("doctor", about="doctor.about", examples=("greenstar doctor --full",))
@option("--full", is_flag=True, words="doctor.opt_full")
@option("--mend", "mends", is_flag=True, words="doctor.opt_mend")
@as_json()
def doctor(session: Session, *, full: bool, mends: bool, as_json: bool) -> Exit:
    """Look at everything; the exit code says whether anything is wrong."""
    database = session.database
    if mends:
        removed, left = mend(database)
        output.note(session.text("doctor.mended", count=removed))
        for diagnosis in left:
            output.note(session.catalogue.render(diagnosis.says))
    with StderrProgress(session.text("doctor.reading")) as progress:
        diagnoses = look_at_all(database, datetime.now().astimezone(), full=full, progress=progress)
    if as_json:
        output.document(doctor_json(diagnoses, session.catalogue))
    else:
        width = shutil.get_terminal_size().columns if output.is_read_by_a_person() else None
        for line in doctor_lines(diagnoses, session.catalogue, width):
            output.say(line)
    return Exit.NO if any(diagnosis.verdict is Verdict.BAD for diagnosis in diagnoses) else Exit.DONE
