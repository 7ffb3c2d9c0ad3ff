"""The screens that one can go to. Each is imported when it is first wanted: the list of stores is painted without."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from textual.screen import Screen


@dataclass(frozen=True)
class Route:
    """A screen or dialog, by the module it is in and the name of its class."""

    module: str
    screen: str

    def load(self) -> Callable[..., Screen[Any]]:
        """The class itself; what it takes, its `__init__` says."""
        made: Callable[..., Screen[Any]] = getattr(import_module(self.module), self.screen)
        return made


CALENDAR = Route("greenstar.tui.stores.calendar_screen", "CalendarScreen")
CHECKLIST = Route("greenstar.tui.checklist.screen", "ChecklistScreen")
CLOSING = Route("greenstar.tui.results.closing_screen", "ClosingScreen")
COMPARISON = Route("greenstar.tui.results.comparison_screen", "CompareScreen")
EVIDENCE = Route("greenstar.tui.evidence.screen", "EvidenceScreen")
FINDINGS = Route("greenstar.tui.findings.screen", "FindingsScreen")
HELP = Route("greenstar.tui.common.help", "HelpScreen")
HISTORY = Route("greenstar.tui.history.screen", "HistoryScreen")
PALETTE = Route("greenstar.tui.common.palette", "Palette")
RANKING = Route("greenstar.tui.results.ranking_screen", "RankingScreen")
REQUIREMENTS = Route("greenstar.tui.results.requirements_screen", "RequirementsScreen")
SCORECARD = Route("greenstar.tui.results.scorecard_screen", "ScorecardScreen")
SETTINGS = Route("greenstar.tui.settings.screen", "SettingsScreen")
STORE = Route("greenstar.tui.stores.store_screen", "StoreScreen")
VISIT = Route("greenstar.tui.visit.screen", "AssessmentScreen")
WELCOME = Route("greenstar.tui.welcome.screen", "WelcomeScreen")
