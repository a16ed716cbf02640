"""Documents that talk to a machine, and a model that does as they say."""
