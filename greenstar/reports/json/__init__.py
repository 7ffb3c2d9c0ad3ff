"""JSON for other programs. Its keys are promises: they are only ever added to."""
