"""What the arrays of this room hold, for those who read and check types; nothing of it is needed to run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
"""Numbers of values, words, levels or promises."""
Ints = NDArray[np.int64]
"""Instants or lengths in microseconds, and counts."""
Flags = NDArray[np.bool]
"""Yes or no, row by row."""
Places = NDArray[np.intp]
"""Where rows stand in another array."""
