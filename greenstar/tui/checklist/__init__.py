"""Before one leaves: what is left to do, and submitting."""
