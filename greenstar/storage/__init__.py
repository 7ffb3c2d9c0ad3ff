"""Where everything is kept: `protocols` says what services ask for, `sqlite` and `files` are how it is done.

`opening` is the one place that puts them together.
"""
