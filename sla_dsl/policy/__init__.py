"""Run time: a compiled policy, asked. Nothing here reads `.sla` files, and nothing needs a parser.

An `executable.Executable` is a compiled document with its annexes and what was chosen on top of them; `answers.Due` and
`answers.Priority` are what it answers; `codec` reads and writes its canonical text. Nothing is imported here, since the
checker needs the terms and not the run time.
"""
