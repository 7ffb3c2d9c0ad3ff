"""`greenstar rank`: the ranking. Loads no scheme, no scoring: a ranking is read from what the database keeps."""

from fractions import Fraction

from greenstar.cli.commands.sure_options import Given, sure_options
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.garbage import not_collected
from greenstar.cli.framework.parameters import REGION, STORE, Count, as_json, option, refuse_together
from greenstar.cli.session import Session
from greenstar.i18n.catalogue import LANGUAGES
from greenstar.reports.json.ranking import ranking_json
from greenstar.reports.text.ranking import ranking_page
from greenstar.reports.views.ranking import RankingView, ranking_view
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.results.movement import movement_causes
from greenstar.services.results.ranking import Wanted


@command("rank", about="cli.about_rank", examples=("greenstar rank --region East", "greenstar rank --drafts --json"))
@option("--region", type=REGION, metavar="R", words="cli.opt_region")
@option("--drafts", is_flag=True, words="cli.opt_drafts")
@option("--like", type=STORE, metavar="STORE", words="cli.opt_like")
@option("--choose", type=Count(1, 1000), metavar="K", words="cli.opt_choose")
@sure_options()
@as_json()
@not_collected()
def rank(
    session: Session,
    *,
    region: str | None,
    drafts: bool,
    like: str | None,
    choose: int | None,
    sure: bool,
    weights: Fraction | None,
    draws: int | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Print the ranking of the cycle."""
    refuse_together({"--like": like, "--choose": choose, "--sure": sure or None})
    settings = Given(weights, draws, seed).settings(sure=sure)
    with session.workspace(write=False) as workspace:
        in_full = as_json or output.is_read_by_a_person() or sure or like is not None or choose is not None
        wanted = Wanted(reasons=in_full or session.catalogue.language not in LANGUAGES)
        known = shown_league(workspace, region=region, drafts=drafts, wanted=wanted)
        for left_out in known.notes:
            output.note(session.catalogue.render(left_out))
        if like is not None:
            from greenstar.cli.commands.rank_like import print_like  # noqa: PLC0415 - it reads the scheme

            print_like(session, workspace, known, like, as_json=as_json)
            return
        if choose is not None:
            from greenstar.cli.commands.rank_choice import print_choice  # noqa: PLC0415 - as above

            print_choice(session, workspace, known, choose, as_json=as_json)
            return
        if settings is not None and known.stores:
            from greenstar.cli.commands.rank_sure import print_sure  # noqa: PLC0415 - as above, and NumPy

            print_sure(session, workspace, known, settings, as_json=as_json)
            return
        causes = movement_causes(workspace, known) if as_json else {}
    ranking = ranking_view(known)
    if as_json:
        output.document(ranking_json(ranking, session.catalogue, causes))
    else:
        output.draw(ranking_page(ranking, session.catalogue, with_status=drafts))
    if not ranking.stores and not (drafts and ranking.closed):
        output.note(session.text(_nothing(ranking, region, drafts=drafts), cycle=ranking.cycle, region=region or ""))


def _nothing(ranking: RankingView, region: str | None, *, drafts: bool) -> str:
    """The key of the sentence that says why a ranking is empty."""
    if drafts:
        return "cli.no_visits" if region is None else "cli.no_visits_in_region"
    if ranking.closed:
        return "cli.nothing_open_to_rank"
    return "cli.nothing_to_rank" if region is None else "cli.nothing_to_rank_in_region"
