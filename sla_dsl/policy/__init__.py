"""Run time: a compiled policy, asked. Nothing here reads `.sla` files, and nothing needs a parser."""
