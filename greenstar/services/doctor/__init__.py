"""The doctor: how everything is that the record depends on, and what to do where it is not well."""
