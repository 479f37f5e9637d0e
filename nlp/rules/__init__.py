"""How the lexicons are written, read and matched, and what the words around a hit make of it. Knows nothing of urgency."""
