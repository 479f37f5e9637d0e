"""What the people of the meldpunt do: their commands, their queue, their decisions."""
