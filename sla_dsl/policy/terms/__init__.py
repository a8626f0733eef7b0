"""The vocabulary of a policy: immutable values, each its own JSON form. Checker, compiler and run time all speak it.

Terms name each other by id and do not hold each other, because a reading or an annex swaps a declaration under its name.
"""

from sla_dsl.policy.terms.base import *  # noqa: F403
