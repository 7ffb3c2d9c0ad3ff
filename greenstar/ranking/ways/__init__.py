"""The cheapest way to a level: what a store would have to improve, exactly, through all gates."""
