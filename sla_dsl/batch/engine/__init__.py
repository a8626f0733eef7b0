"""The clocks of all tickets of a chunk at an instant, as columns; equal to `Policy.evaluate` ticket by ticket."""
