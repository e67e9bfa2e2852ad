"""The library: everything that the program remembers, in SQLite."""
