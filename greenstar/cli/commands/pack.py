"""`greenstar pack` and `unpack`: visits with their evidence as one file, and back; so several laptops work together."""

from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.folders import folder_named
from greenstar.cli.framework.parameters import STORE, as_json, option
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.reports.json.laptops import packed_json, unpacked_json
from greenstar.reports.text.laptops import packed_line, unpacked_lines
from greenstar.services.laptops.packing import Packed, file_in, pack_into
from greenstar.services.laptops.unpacking import bundles_in, unpack
from greenstar.services.settings.settings import expand_home


@command(
    "pack",
    about="cli.about_pack",
    examples=("greenstar pack WX-001 -o WX-001.zip", "greenstar pack WX-001 WX-002 --to /media/team"),
)
@click.argument("stores", nargs=-1, required=True, type=STORE, metavar="STORE…")
@option("-o", "--output", "target", metavar="FILE", words="cli.opt_pack_output")
@option("--to", "folder", metavar="FOLDER", words="cli.opt_pack_to")
@as_json()
def pack_command(
    session: Session, stores: tuple[str, ...], target: str | None, folder: str | None, *, as_json: bool
) -> None:
    """Write all that is known of stores into a file, or a file for each into a shared folder."""
    if (target is None) == (folder is None):
        raise BadInput("laptops.pack_where")
    with session.workspace(write=False) as workspace:
        if target is not None:
            files = [(expand_home(target), list(stores))]
        else:
            shared = folder_named("--to", folder or "")
            files = [(path, [code]) for path, code in file_in(shared, workspace, stores)]
        packed: list[tuple[Path, Packed]] = []
        for path, codes in files:
            with StderrProgress(session.text("laptops.packing")) as progress:
                packed.append((path, pack_into(workspace, codes, path, progress)))
    for path, done in packed:
        if not as_json:
            output.say(session.catalogue.render(packed_line(path, done)))
        if done.lost:
            output.note(session.text("laptops.lost", count=done.lost))
    if as_json:
        output.document({"files": [packed_json(path, done) for path, done in packed]})


@command(
    "unpack",
    about="cli.about_unpack",
    examples=("greenstar unpack WX-001.zip", "greenstar unpack /media/team"),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@as_json()
def unpack_command(session: Session, files: tuple[str, ...], *, as_json: bool) -> None:
    """Take over what other laptops packed: all of it, or nothing."""
    paths = [path for name in files for path in _paths(name)]
    with session.workspace(write=True) as workspace:
        with StderrProgress(session.text("laptops.unpacking")) as progress:
            done = unpack(workspace, paths, progress)
        if done.twin:
            output.note(session.text("laptops.twin"))
        if as_json:
            output.document(unpacked_json(done))
        else:
            output.say("\n".join(unpacked_lines(done, session.catalogue)))
        for cycle in dict.fromkeys(visit.row.cycle for visit in done.visits if visit.came):
            session.note_closed_cycle(workspace, cycle)


def _paths(name: str) -> list[Path]:
    """The file of that name, or those that lie in the folder of that name."""
    path = expand_home(name)
    if not path.is_dir():
        return [path]
    paths = list(bundles_in(path))
    if not paths:
        raise BadInput("laptops.empty_folder", folder=name)
    return paths
