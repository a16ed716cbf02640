"""Safety of files beyond their own content: the virus scanner."""
