"""The tables that others build on, row by row: values are texts, numbers, truth values or None."""
