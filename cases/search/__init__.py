"""Search over customers, cases, documents and comments: a read model of its own, kept in the transaction of each change."""
