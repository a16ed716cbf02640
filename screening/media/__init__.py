"""Adverse media: reading articles, finding names in them, telling whether they are adverse. Pure: no Django."""
