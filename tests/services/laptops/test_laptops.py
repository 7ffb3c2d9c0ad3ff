"""Work from several laptops: what they know comes together, whoever sends what to whom."""

from fractions import Fraction

from tests.journals import journal_faults
from tests.services.laptops.team import Team, begin, known


def test_two_who_worked_on_copies_of_a_visit_get_the_union_of_what_they_did(team: Team) -> None:
    ada, bo = team.laptop("ada"), team.laptop("bo")
    begin(ada).answer("E1", Fraction(50))
    came = team.send(ada, bo)
    assert [(visit.begun, visit.row.status) for visit in came.visits] == [(True, "draft")]
    assert known(bo) == known(ada)
    begin(ada).answer("W2", True)
    begin(bo).answer("fresh", Fraction(20))
    begin(bo).note("E1", "lamps of the show room")
    team.send(bo, ada)
    team.send(ada, bo)
    assert known(ada) == known(bo)
    assert begin(ada).visit.answers == {"E1": 50, "W2": True, "fresh": 20}
    assert journal_faults(ada) == journal_faults(bo) == []
    assert team.send(bo, ada).same == 1
