"""The screen in a browser: a bridge of our own between a page and the program in a pseudo-terminal, on loopback only.

Nothing else in the program imports aiohttp. The program at the other end is the one that a terminal shows.
"""
