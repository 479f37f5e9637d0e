"""Where the reader is trained and measured. Needs scikit-learn; nothing that reads a melding imports this."""
