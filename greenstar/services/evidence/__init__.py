"""The evidence of a visit: files named, taken in, attached, looked at."""
