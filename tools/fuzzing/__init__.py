"""How `fuzz_schemes` breaks a scheme."""
