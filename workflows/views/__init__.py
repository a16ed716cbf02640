"""Pages of workflows, their runs, and long work."""
