"""What the melder says and hears: the dialogue and its states."""
