"""Pages of the accounts app: signing in, one's own account, people, API clients."""
