"""The visit: tree, page, score."""
