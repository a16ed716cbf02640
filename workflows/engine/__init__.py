"""The workflow engine's pure part: definitions, plans and registries. No Django."""
