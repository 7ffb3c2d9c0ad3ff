"""What people and other programs read: typed views first, then a folder a format. Rich is known here only."""
