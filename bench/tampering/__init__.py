"""Tampering with the record as the one who rules its database: the attacks, shared by drill and tests."""
