"""What was meant, where a word is not known."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.suggestions import did_you_mean, nearest, sentence_end
from tests.rows import rows


@rows(("word", "meant"), [("stors", "stores"), ("STORE", "stores"), ("ranking", "Rank"), ("", None), ("xyzzy", None)])
def test_the_nearest_known_word_is_found_in_small_and_capital_letters(word: str, meant: str | None) -> None:
    assert nearest(word, ["stores", "Rank", "score"]) == meant


def test_a_hint_about_a_file_needs_a_nearer_word_than_one_about_what_was_typed() -> None:
    assert did_you_mean("rankings", ["rank"])() is None
    assert said(did_you_mean("ranks", ["rank"])()) == "did you mean rank?"
    assert said(sentence_end("rankings", ["rank"])) == "; did you mean rank?"
    assert said(sentence_end("xyzzy", ["rank"])) == "."


def said(phrase: Phrase | None) -> str:
    assert phrase is not None
    return Catalogue("en").render(phrase)
