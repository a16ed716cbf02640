"""History kept in memory beside the editor, so that an edit is answered within a second. Loads Polars: import it late.

The rows of the last year lie sorted in one frame; every aggregate that was asked for is a column that the next edit finds
again, so that moving a threshold computes masks only. All of it is bounded, shared by the people who edit, and dropped
when nobody does.
"""
