"""Whole logs: many tickets at once, with the answers of one ticket at a time."""
