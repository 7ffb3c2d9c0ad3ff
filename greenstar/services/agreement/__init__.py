"""How far assessors agree: check visits beside the visits that count."""
