"""One file a revision; the newest is the schema of today."""
