"""Answers put into words: from the conclusion to its ground (H7)."""
