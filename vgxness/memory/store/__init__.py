"""The rows of memory, one file a noun; the only files of the domain that hold SQL, all of it portable."""
