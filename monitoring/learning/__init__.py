"""Models that rank and explain, never decide: features, training, evaluation, explanation, artefacts. No Django."""
