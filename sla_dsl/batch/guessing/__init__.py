"""A mapping proposed for a log that nobody has described: `sla report --guess`.

It is a beginning for a person to read through, never used unread: what could not be found out stands in it as a
comment.
"""

from sla_dsl.batch.guessing.files import guess_file
from sla_dsl.batch.guessing.guess import guess

__all__ = ["guess", "guess_file"]
