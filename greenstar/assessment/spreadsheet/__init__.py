"""Answers from a spreadsheet: an .xlsx file becomes the same document that YAML and JSON give."""
