"""Tortures: programs killed, disks filled, bytes changed, many times over; each script runs alone, with a number."""
