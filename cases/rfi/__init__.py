"""Requests for information: what is asked of a customer about one case, and the answers through an expiring link."""
