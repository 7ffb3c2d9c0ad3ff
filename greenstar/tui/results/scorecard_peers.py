"""The store of a scorecard among those of its kind: read beside the screen, as a network may have thousands of them."""

from collections.abc import Iterator
from contextlib import suppress

from textual.content import Content

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.peers import PeersView, peers_view
from greenstar.services.results.peers import among_peers
from greenstar.services.results.ranking import league
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.tui.common.lines import both_ends, wrapped


def read_peers(workspace: Workspace, assessment: AssessmentRow) -> PeersView | None:
    """The peers of a visit that counts, over a connection of their own; None where it has no place in a ranking."""
    with suppress(GreenStarError), workspace.again() as own:
        return peers_view(among_peers(own, league(own, cycle=assessment.cycle), assessment.store))
    return None


def peers_lines(peers: PeersView, catalogue: Catalogue, width: int, height: int | None = None) -> Iterator[Content]:
    """Its place among them, what they are alike in, and what half of the others reach by category.

    `height`: so many lines at most; what does not fit in full is left out, the least important first.
    """
    heading, *parts = _peer_lines(peers, catalogue, width)
    if height == 1:
        yield from heading  # the place, if nothing else
        return
    used = 0
    for part in ([Content(""), *heading], *parts):
        used += len(part)
        if height is not None and used > height:
            return
        yield from part


def _peer_lines(peers: PeersView, catalogue: Catalogue, width: int) -> Iterator[list[Content]]:
    say = catalogue.say
    heading = Content.styled(say("peers.heading"), "bold $muted")
    place = say("peers.line", place=str(peers.place), count=peers.count) if peers.count > 1 else ""
    yield [both_ends(heading, Content.styled(place, "bold"), width)]
    yield wrapped(catalogue.render(peers.sentence), width)
    medians = [f"{group.id} {group.median.text}" for group in peers.groups if group.median.value is not None]
    if medians:
        yield wrapped(Content.styled(say("peers.medians", medians=medians), "$muted"), width)
    for note in peers.notes:
        yield wrapped(Content.styled(catalogue.render(note), "$faint"), width)
