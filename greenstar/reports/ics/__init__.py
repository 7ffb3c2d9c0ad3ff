"""What falls due, for calendars."""
