"""Policies looked at as a whole, as plain data: what they declare, and what became of every sentence."""
