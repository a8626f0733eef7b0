"""Service-level policies as text: read, checked, compiled, and asked when something is due, and why."""
