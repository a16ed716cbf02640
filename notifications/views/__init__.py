"""Pages of notifications: one's own list and preferences; channels, deliveries, rules and texts for administrators."""
