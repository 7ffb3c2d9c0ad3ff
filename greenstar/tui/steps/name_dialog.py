"""Asks at the first start who the assessor is; later the settings change it."""

from collections.abc import Mapping

from greenstar.errors import StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services.workspace import Workspace
from greenstar.tui.steps.form import Form, FormField
from greenstar.tui.steps.form_dialog import FormDialog


def name_dialog(workspace: Workspace) -> FormDialog:
    """The question, with the login name as an answer to begin with."""
    shown = workspace

    def keep(workspace: Workspace, texts: Mapping[str, str]) -> None:
        """Have the name hold in this sitting, for the screen and for what is written, and in all later ones."""
        shown.take_name(texts["name"])
        try:
            workspace.name_assessor(texts["name"])
        except StorageError:  # it holds for this sitting all the same, and settings say why they cannot be kept
            return

    field = FormField("name", Phrase("life.word_name"), workspace.assessor, needed=True)
    form = Form("name", Phrase("life.your_name"), Phrase("life.does_name"), [field], keep, hint="life.name_keys")
    return FormDialog(form)
