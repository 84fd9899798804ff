"""Passive values that cross the seam between the host and its plugins, one file a noun; stdlib only."""
