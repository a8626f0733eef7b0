"""The mapping of a log, checked like a policy: its statements read, its names resolved, its rules kept."""

from sla_dsl.checking.logs.log import check_log, policy_named

__all__ = ["check_log", "policy_named"]
