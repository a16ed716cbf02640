"""How dates are written, a folder a language; Django knows the rest (numbers, names of months)."""
