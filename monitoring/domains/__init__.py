"""Domains: what a row is made of. One file a domain."""
