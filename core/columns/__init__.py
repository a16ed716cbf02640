"""Personal data in columns: sealed fields, blind indexes for exact look-up, and moving both to other keys (ADR 0019)."""
