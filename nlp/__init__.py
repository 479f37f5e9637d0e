"""Reads Dutch: text in, assessment out. Proposes; people decide."""
