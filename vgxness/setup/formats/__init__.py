"""Formats the setup engine can edit by splicing text: every byte that is not meant to change stays."""
