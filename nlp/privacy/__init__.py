"""Personal data: found, and hidden."""
