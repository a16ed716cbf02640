"""Risk rating: pure functions from evidence to points with reasons. No Django."""
