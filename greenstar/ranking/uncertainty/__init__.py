"""How sure a place in the league is: what other weights of the categories make of it. NumPy where it is run."""
