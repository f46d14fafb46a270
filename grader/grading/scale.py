"""Stage 3 on many machines: chunks go to the workers of a Dask cluster, and what they graded comes back, in any order.

Each worker has grading processes of its own, one for each of its threads, under the same lock as here. The submissions
travel with the task, and so does the seed of each learner; the course's secret stays here.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from multiprocessing import current_process
from typing import Any

from grader.grading.grade import ChunkLost, Graded, Settings, Task, choose, grade_chunk, processes
from grader.grading.journal import identity
from grader.sandbox import lock_name

CONNECTING_S = 10  # that a scheduler may take to answer
LOOKING_S = 5.0  # between two looks at who is left
VERSIONS = ("numpy", "sympy")  # that a verdict's last digits may depend on


class ScaleError(Exception):
    """The cluster cannot grade; the message says why in one line."""


@dataclass(frozen=True)
class Worker:
    """What a worker tells of itself, or this machine, to be compared with it."""

    identity: str  # of the engine and the course, as a hash
    versions: str
    lock: str
    may_start_processes: bool

    def refusal(self, here: "Worker") -> str:
        """Return why this worker may not grade what `here` would have graded; nothing if it may."""
        if self.identity != here.identity:
            return "its grader or its course is another one than here"
        if self.versions != here.versions:
            return f"it has {self.versions}, and here is {here.versions}"
        if self.lock != here.lock:
            return f"its lock is {self.lock}, and here it is {here.lock}"
        if not self.may_start_processes:
            return "it was started by a nanny, as a process that may start no others: start it with --no-nanny"
        return ""


def describe(settings: Settings) -> Worker:
    """Return what this process would grade with."""
    course = choose(settings)
    versions = [f"{name} {metadata.version(name)}" for name in VERSIONS]
    return Worker(
        identity=identity(course, settings.exercises),
        versions=", ".join([f"Python {sys.version_info.major}.{sys.version_info.minor}", *versions]),
        lock=lock_name() if settings.locked else "none",
        may_start_processes=not current_process().daemon,
    )


class Cluster:
    """The workers of a Dask cluster that may grade; a context manager.

    Parameters
    ----------
    address
        Of its scheduler, such as `tcp://10.0.0.1:8786`.
    settings
        What is to be graded: a worker that would grade otherwise is refused.

    Attributes
    ----------
    refused : list of str
        A line for each worker that was refused.
    threads : int
        How many submissions are graded at once.

    Raises
    ------
    ScaleError
        If there is no scheduler, or no worker that may grade.
    """

    def __init__(self, address: str, settings: Settings) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError:
            raise ScaleError("--dask needs the extra `scale`: pip install 'gradient-descent-kit[scale]'") from None
        self.address = address
        try:
            client: Any = Client
            self._client = client(address, timeout=CONNECTING_S, set_as_default=False)
        except (OSError, ValueError) as error:  # a TimeoutError is an OSError
            raise ScaleError(f"--dask {address}: there is no scheduler that answers ({error})") from None
        here = describe(settings)
        told: dict[str, Any] = self._client.run(describe, settings, on_error="return")
        reasons = {
            worker: one.refusal(here) if isinstance(one, Worker) else _in_words(one) for worker, one in told.items()
        }
        self.refused = [f"worker {worker} is not used: {reason}" for worker, reason in reasons.items() if reason]
        self._workers = sorted(worker for worker, reason in reasons.items() if not reason)
        self.threads = sum(self._nthreads().get(worker, 0) for worker in self._workers)
        if not self.threads:
            self._client.close()
            why = "; ".join(self.refused) or "it has no workers"
            raise ScaleError(f"--dask {address}: nobody can grade: {why}")

    def executor(self) -> Executor:
        """Return what takes chunks, for `grade`."""
        inner = self._client.get_executor(workers=self._workers, allow_other_workers=False, pure=False)
        return _Executor(inner, self._problem)

    def _nthreads(self) -> dict[str, int]:
        return dict(self._client.nthreads())

    def _problem(self) -> str:
        """Return why nothing more can come back; nothing while all is well."""
        if self._client.status != "running":
            return f"the scheduler at {self.address} is gone"
        return "" if set(self._nthreads()) & set(self._workers) else f"no worker of {self.address} is left"

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


def _in_words(error: Any) -> str:
    if "No module named 'grader" in str(error):  # Dask hands on what a worker could not import as a text
        return "it has no grader: install there what is installed here"
    return f"{type(error).__name__}: {error}"[:200]


class _Executor(Executor):
    """A cluster's executor, whose futures end too when nobody is left who could answer."""

    def __init__(self, inner: Any, problem: Callable[[], str]) -> None:
        self._inner = inner
        self._problem = problem
        self._waiting: set[Future[Any]] = set()
        self._ended = threading.Event()
        threading.Thread(target=self._look, name="cluster", daemon=True).start()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        assert function is grade_chunk
        assert not options
        outer: Future[Any] = Future()
        self._waiting.add(outer)
        inner = self._inner.submit(graded_on_worker, *arguments)
        inner.add_done_callback(lambda done: self._hand_on(done, outer))
        return outer

    def _hand_on(self, inner: Future[Any], outer: Future[Any]) -> None:
        self._waiting.discard(outer)
        if outer.done():
            return
        from distributed import KilledWorker

        try:
            outer.set_result(inner.result())
        except CancelledError:
            outer.set_exception(ScaleError("the cluster has dropped what it was to grade"))
        except KilledWorker:  # several workers have ended, one after the other, while they had it
            outer.set_exception(ChunkLost())
        except Exception as error:  # noqa: BLE001  # whatever it was, it is told where the result would be
            outer.set_exception(error)

    def _look(self) -> None:
        while not self._ended.wait(LOOKING_S):
            if problem := self._problem():
                for outer in list(self._waiting):
                    self._waiting.discard(outer)
                    outer.set_exception(ScaleError(problem))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._ended.set()
        self._inner.shutdown(wait=wait and not cancel_futures and not self._problem())


# On a worker.

_lock = threading.Lock()
_pools: list[ProcessPoolExecutor] = []  # of this worker: one, or none


def graded_on_worker(chunk: tuple[Task, ...], settings: Settings, explained: bool) -> list[Graded]:
    """Have a chunk graded by one of this worker's grading processes.

    Raises
    ------
    ChunkLost
        If that process ended.
    """
    with _pool() as pool:
        return pool.submit(grade_chunk, chunk, settings, explained).result()


@contextmanager
def _pool() -> Iterator[ProcessPoolExecutor]:
    from distributed import get_worker

    with _lock:
        if not _pools:
            _pools.append(processes(get_worker().state.nthreads))
        pool = _pools[0]
    try:
        yield pool
    except BrokenProcessPool:
        with _lock:
            if pool in _pools:
                _pools.remove(pool)
        raise ChunkLost from None
