"""How commands are declared, print and fail."""
