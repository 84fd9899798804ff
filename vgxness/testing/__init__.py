"""The author's kit: a pytest plugin and the conformance suites."""
