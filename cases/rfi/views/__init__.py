"""Pages of requests for information: the officer's panel, the customer's page, the policy."""
