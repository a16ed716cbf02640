"""Pictures of pages before they are read: upright, straight, and where the lines of a machine-readable zone lie."""
