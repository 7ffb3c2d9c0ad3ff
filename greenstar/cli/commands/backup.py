"""`greenstar backup` and `greenstar restore`: the database and its evidence as one file, and back."""

from datetime import datetime
from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import Exit
from greenstar.numbers import size_shown
from greenstar.record.timestamps import local_minute, read_time
from greenstar.services.settings.settings import make_home, name_at_work
from greenstar.storage.backup.restoring import restore as restore_backup
from greenstar.storage.backup.writing import back_up
from greenstar.storage.file_systems import network_disk
from greenstar.text import first_of


@command("backup", about="backup.about_backup", examples=("greenstar backup /media/usb/green.backup",))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def backup(session: Session, file: Path) -> Exit:
    """Write a backup; the exit code says whether all evidence is in it as it was attached."""
    with StderrProgress(session.text("backup.writing")) as progress:
        written = back_up(session.database, file, progress)
    size = size_shown(written.size)
    output.say(session.text("backup.written", file=str(file), count=written.evidence, size=size))
    if written.of_copy_in_use:
        output.note(session.text("storage.copy_in_use", file=str(session.database)))
    for key, names in (("backup.missing", written.missing), ("backup.was_damaged", written.damaged)):
        if names:
            output.note(session.text(key, count=len(names), files=first_of(names)))
    return Exit.NO if written.damaged else Exit.DONE


@command("restore", about="backup.about_restore", examples=("greenstar restore /media/usb/green.backup",))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def restore(session: Session, file: Path) -> None:
    """Put a backup in the place of the database, which is put aside."""
    database = session.database
    make_home(database)
    with StderrProgress(session.text("backup.restoring")) as progress:
        by = name_at_work(session.assessor)
        restored = restore_backup(file, database, datetime.now().astimezone(), by, progress)
    held = restored.manifest
    made = local_minute(read_time(held.made_at))
    output.say(session.text("backup.restored", file=str(database), made=made, count=len(held.evidence)))
    if restored.aside is not None:
        output.note(session.text("backup.put_aside", folder=str(restored.aside), file=database.name))
    disk = network_disk(database)
    if disk is not None:
        output.note(session.text("backup.network", file=str(database), disk=disk))
    for key, hashes in (("backup.missing", held.missing), ("backup.was_damaged", held.damaged)):
        if hashes:
            output.note(session.text(key, count=len(hashes), files=first_of(each[:12] for each in hashes)))
