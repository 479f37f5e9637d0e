"""Addresses looked up outside the house: PDOK Locatieserver, behind the core's Geocoder port."""
