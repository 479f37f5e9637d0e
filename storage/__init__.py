"""Keeps: rows, transactions, encryption. Knows the flows, not who calls."""
