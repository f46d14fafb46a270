"""Stage 1, collect: the code of a class's hand-ins waits on the disk until it is graded, for a large class's does not fit into memory."""

import pickle
from dataclasses import replace
from pathlib import Path
from tempfile import SpooledTemporaryFile

from grader.collect.submission import Submission

IN_MEMORY = 2**24  # bytes: a small class's code never reaches the disk


class Store:
    """A file without a name, which is gone with its process, however that ends.

    Parameters
    ----------
    folder : Path
        A folder on the disk that has room for it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(folder))  # noqa: SIM115  # as long as the store
        self._end = 0

    def close(self) -> None:
        """Let go of all code."""
        self._file.close()

    def without_code(self, submission: Submission) -> Submission:
        """Keep a submission's code here, and that of its other attempts; return the submission without.

        Raises
        ------
        OSError
            If the disk is full.
        """
        if not submission.cells and not submission.also:
            return submission
        place = submission.stored or (self._put(submission) if submission.cells else ())
        also = tuple(map(self.without_code, submission.also))
        return replace(submission, cells=(), others=(), asides=(), also=also, stored=place)

    def whole(self, submission: Submission) -> Submission:
        """Return a submission with its code, and that of its other attempts."""
        also = tuple(map(self.whole, submission.also))
        if not submission.stored:
            return replace(submission, also=also) if also else submission
        begin, size = submission.stored
        self._file.seek(begin)
        # Nobody else can reach this file: what is loaded is what was written below.
        cells, others, asides = pickle.loads(self._file.read(size))  # noqa: S301
        return replace(submission, cells=cells, others=others, asides=asides, also=also)

    def _put(self, submission: Submission) -> tuple[int, ...]:
        data = pickle.dumps((submission.cells, submission.others, submission.asides), pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(data)
        place = self._end, len(data)
        self._end += len(data)
        return place
