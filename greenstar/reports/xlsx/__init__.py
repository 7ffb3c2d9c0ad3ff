"""Results and forms as spreadsheets."""
