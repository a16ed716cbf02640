"""Verifying the whole record: every entry, every chain, the tree, the checkpoints, the anchors. Reads only."""
