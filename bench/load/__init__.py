"""A bank's day as load that rises until the product bends."""
