"""Figures as ratios: each thing the program does, against a bare baseline run beside it."""
