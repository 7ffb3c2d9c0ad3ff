"""What several screens share: the frame, dialogs, lists, lines."""
