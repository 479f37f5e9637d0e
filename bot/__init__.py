"""Talks and composes: channels, web pages, delivery, schedule, command line."""
