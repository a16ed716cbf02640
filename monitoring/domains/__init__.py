"""Domains: one file each says what a row is."""
