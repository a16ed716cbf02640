"""Benchmarks: print figures with machine and commit; never assert."""
