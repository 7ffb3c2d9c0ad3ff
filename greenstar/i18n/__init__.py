"""Sentences in every language: a `Phrase` says which, the `Catalogue` of a language writes it."""
