"""Where the person is: woonplaatsen, addresses, and who answers for a place."""
