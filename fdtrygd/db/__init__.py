"""The database: its server, sessions and locks, its schema and objects, backup."""
