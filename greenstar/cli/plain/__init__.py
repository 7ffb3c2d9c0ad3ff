"""A visit line by line: for ears, serial lines and scripts. The same recording as on the screen, without a screen."""
