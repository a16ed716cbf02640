"""Pages of the screening app."""
