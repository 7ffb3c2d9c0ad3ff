"""Reports as PDF, set by Typst: the same views as in HTML, and the same bytes each time."""
