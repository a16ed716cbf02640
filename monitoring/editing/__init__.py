"""Editing a scenario: one tree, seen as blocks and as text. Pure: no Django, no Polars, nothing stored."""
