"""Which warnings about the answers of a criterion are new: Enter shows them before it leads on."""

from greenstar.i18n.phrase import Phrase, Text
from greenstar.tui.visit.visit_session import VisitSession


class NewWarnings:
    """What was to be seen of the warnings at the criterion on the page."""

    def __init__(self, session: VisitSession) -> None:
        self._session = session
        self._seen: list[Text | Phrase] = []

    def see(self, criterion: str) -> bool:
        """Count all that stand there now as seen; whether one of them was not."""
        warnings = [complaint.because for complaint in self._session.visit.worked.complaints_at(criterion)]
        new = any(warning not in self._seen for warning in warnings)
        self._seen = warnings
        return new
