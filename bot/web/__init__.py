"""The pages: a melder's chat, the werkplek, the phone of a regievoerder, the demo."""
