"""The stores and their facts."""
