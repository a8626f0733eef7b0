"""Whole logs without arrays: how columns and values are to be understood, and what is said of all tickets."""
