"""Rules: one expression each, read strictly, typed, and evaluated exactly."""
