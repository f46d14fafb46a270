"""Rows that share memory: to change one of them in place is to change another.

Values alone do not show it, so it is looked for where the answer is made, and crosses with it.
"""

from itertools import pairwise
from typing import Any

import numpy as np


class SharedRows(list[Any]):
    """The rows of an answer of which two share memory."""


def share_memory(value: Any) -> bool:
    """Tell whether two rows of an array share memory, or two arrays or lists that a list or a tuple holds.

    Of two arrays that only overlap in part, those that stand beside each other are looked at.
    """
    if isinstance(value, np.ndarray):
        return _rows_overlap(np.asarray(value))
    if not isinstance(value, list | tuple):
        return False
    rows = [row for row in value if isinstance(row, list) or (isinstance(row, np.ndarray) and row.size)]
    if len({id(row) for row in rows}) < len(rows):
        return True
    arrays = [row for row in rows if isinstance(row, np.ndarray)]
    begins = {row.__array_interface__["data"][0] for row in arrays}
    return len(begins) < len(arrays) or any(np.shares_memory(one, other) for one, other in pairwise(arrays))


def _rows_overlap(array: np.ndarray[Any, Any]) -> bool:
    if array.ndim == 0 or len(array) < 2 or array.size == 0 or array.flags.c_contiguous or array.flags.f_contiguous:
        return False
    step = abs(array.strides[0])
    extent = array.itemsize + sum(abs(array.strides[axis]) * (array.shape[axis] - 1) for axis in range(1, array.ndim))
    # Rows that are further apart than a row is long cannot meet; what one meets, all do that are as far apart.
    return step == 0 or any(
        np.shares_memory(array[0], array[apart]) for apart in range(1, len(array)) if apart * step < extent
    )
