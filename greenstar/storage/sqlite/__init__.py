"""One SQLite file as a storage: the one place that knows SQLite and sqlite-utils.

`connection` opens a file, `migrations` brings its tables up to date, `error_messages` turns SQLite's errors into
sentences, `storage` gives the parts; each other module is one part of the storage, and knows its SQL.
"""
