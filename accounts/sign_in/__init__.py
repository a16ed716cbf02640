"""What django-allauth asks of a product: adapters; and the middleware that holds sessions to the policy."""
