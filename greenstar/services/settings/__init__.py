"""What a person sets: language, look, signs, keys, folders and name."""
