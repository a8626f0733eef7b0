"""A ticket over time: what was recorded, and what a policy says of it at an instant (SEMANTICS P, R)."""
