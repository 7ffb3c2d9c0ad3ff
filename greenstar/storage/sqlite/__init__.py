"""The database: the one place that knows SQLite and sqlite-utils.

`connection` opens a file, `migrating` brings its tables up to date, `translating` turns SQLite's errors into sentences;
each other module knows the SQL of one subject, and gives and takes plain rows.
"""
