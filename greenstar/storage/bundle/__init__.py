"""Bundles: visits with their evidence as one file, which any program for zip files can open."""
