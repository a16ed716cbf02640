"""The rule language: a small typed tree, its checker, and one evaluator over rows. No Django."""
