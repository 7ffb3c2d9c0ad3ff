"""`greenstar stores`: what is known of stores, one module a subject."""
