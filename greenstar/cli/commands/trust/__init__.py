"""`greenstar trust`: whose signatures count."""
