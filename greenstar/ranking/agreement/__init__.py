"""How far assessors agree: on a criterion, on a total, and so on the places of a league."""
