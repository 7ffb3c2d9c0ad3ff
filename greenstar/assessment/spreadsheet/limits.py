"""What every spreadsheet program can hold in a cell."""

from datetime import date

MOST_IN_CELL = 32_767
"""Characters."""
DIGITS = 15
"""Of a number: further ones are cut off."""
DAY_0 = date(1899, 12, 30)
"""The day from which others are counted, where a workbook does not say that it begins in 1904."""
