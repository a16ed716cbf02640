"""What is delivered: the shapes of rows, read cell by cell. Pure: no database, no web, one check for every way in."""
