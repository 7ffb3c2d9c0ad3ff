"""The use cases, and nothing else: open a visit, record an answer, submit, rank, export.

They know no screen, no command line and no SQL. A module is imported by those who need it: ranking must not load what
reading a scheme needs.
"""
