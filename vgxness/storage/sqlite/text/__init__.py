"""Full-text search: the user's words to candidates by FTS5, candidates to ranked hits here."""
