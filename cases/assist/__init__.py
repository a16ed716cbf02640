"""Assistance in writing: a summary drafted from the evidence, and the checking of every line against it."""
