"""Green Star: certify the environmental practice of car dealerships, on site, from a terminal."""

__version__ = "0.2.0"
