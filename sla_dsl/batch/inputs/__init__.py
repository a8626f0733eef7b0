"""Logs as they are found, read into chunks of whole tickets, with every row accounted for. Needs the extra `batch`."""

from sla_dsl.batch.inputs.accounts import Accounts, Listed
from sla_dsl.batch.inputs.log import Log
from sla_dsl.batch.inputs.opening import open_log

__all__ = ["Accounts", "Listed", "Log", "open_log"]
