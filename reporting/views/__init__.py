"""Pages of figures, exports and packs of evidence."""
