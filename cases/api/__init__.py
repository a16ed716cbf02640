"""REST of cases: submissions for programs, cases and decisions for people."""
