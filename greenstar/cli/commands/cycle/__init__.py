"""`greenstar cycle`: closing cycles."""
