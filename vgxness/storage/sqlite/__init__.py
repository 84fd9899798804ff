"""The built-in engine: one SQLite file in WAL mode."""
