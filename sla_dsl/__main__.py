"""`python -m sla_dsl` is the command `sla`."""

from sla_dsl.cli import main

main(prog_name="sla")
