"""The whole REST API asked by a generator of requests, against its own document."""
