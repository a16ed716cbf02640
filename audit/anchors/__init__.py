"""Places outside the database that take checkpoints. Without one, whoever rules the database could roll all of it back."""
