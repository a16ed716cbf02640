"""Files of events as frames of a domain: known formats, saved mappings, rates. Polars; no Django."""
