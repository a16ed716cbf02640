"""What the customers app records."""

from audit.actions import define

REGISTERED = define("customers.customer_registered", "registered a customer (owners: {after[owners]})")
CHANGED = define("customers.customer_changed", "changed the facts of a customer: {after[changed]}")
STATUS_SET = define("customers.status_set", "set the customer from {before[status]} to {after[status]}")
RATED = define("customers.customer_rated", "rated the customer {after[level]} with {after[score]} points")
POLICY_PUBLISHED = define("customers.rating_policy_published", "published version {after[number]} of the rating policy")
RATING_VIEWED = define("customers.rating_viewed", "looked at the customer's rating")
LISTED = define("customers.customers_listed", "looked through a list of customers ({after[number]})")
VIEWED = define("customers.customer_viewed", "looked at the customer's facts")
REVEALED = define("customers.identifiers_revealed", "had the customer's masked values shown: {reason}")
ERASED = define("customers.customer_erased", "erased everything known of the customer: {after[reason]}")
