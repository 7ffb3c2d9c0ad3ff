"""What every way out draws from: results with all that is to be said decided, and nothing written yet."""
