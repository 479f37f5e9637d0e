"""The core of the meldpunt bot: dialogues, case rules, use cases and ports. Knows only the standard library."""
