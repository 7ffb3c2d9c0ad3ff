"""The stores, and one store with its facts."""
