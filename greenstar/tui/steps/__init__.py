"""The steps in the life of a store and its visit, asked for and taken from whichever screen."""
