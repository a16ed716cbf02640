"""Pages of cases: the queue, the case, and what is done on them."""
