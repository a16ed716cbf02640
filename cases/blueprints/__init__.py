"""Blueprints: what administrators set as data. Pure: shapes, checks and arithmetic, without a database."""
