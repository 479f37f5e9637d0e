"""The regievoerder: who is asked, who is next, who has it."""
