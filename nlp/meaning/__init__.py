"""What a text says as a whole: features, and the small linear heads that were trained on the corpus."""
