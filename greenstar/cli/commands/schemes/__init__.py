"""`greenstar schemes`: what a database holds of schemes, one module a subject."""
