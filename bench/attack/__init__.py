"""The pages of a running installation attacked through their links and forms."""
