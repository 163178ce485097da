"""Tasks that can be stopped, and that cannot take the program down with them.

    lane: task, task, task ──▶ one forked process, results through a pipe
                 └─ over time, or crashed? the process ends, and a new one goes on with the next

A query engine written in another language cannot be interrupted from Python, and a crash in
it ends the process. So tasks run in a copy of this process, which an alarm ends from
outside: the kernel needs no cooperation, and no process is left behind when we are killed.
The alarm counts processor time, so that a busy machine fails no task; one that waits and
does nothing is ended by the clock, after `PATIENCE` times as long.
A copy may take `MEMORY` more than it was born with, so that a runaway query ends itself and
not the machine. Lanes run side by side. A copy costs about a millisecond, because memory is
shared until written.

Where processes cannot be forked (Windows) tasks run here, one after the other, without a limit.
"""

import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Generic, TypeAlias, TypeVar

__all__ = ["CAN_STOP", "Crashed", "Outcome", "TimedOut", "outcomes", "outcomes_here"]

MEMORY = 4 * 1024**3
PATIENCE = 12
CAN_STOP = hasattr(os, "fork") and hasattr(signal, "setitimer")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The task was stopped after so many seconds of processor."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Crashed:
    """The task raised, or ended its process; `why` in words."""

    why: str


Outcome: TypeAlias = T | TimedOut | Crashed
Task: TypeAlias = Callable[[], T]


def outcomes(lanes: Sequence[Sequence[Task[T]]], seconds: float) -> list[list[Outcome[T]]]:
    """What each task of each lane gave; one may take so many `seconds` of processor, 0 for no limit."""
    if not CAN_STOP:
        return [outcomes_here(tasks) for tasks in lanes]
    running = [_Lane(tasks, seconds) for tasks in lanes if tasks]
    try:
        for lane in running:
            lane.start()
        finished = iter([lane.finished() for lane in running])
    finally:
        for lane in running:
            lane.stop()
    return [next(finished) if tasks else [] for tasks in lanes]


def outcomes_here(tasks: Sequence[Task[T]]) -> list[Outcome[T]]:
    """The same in this process, without a limit."""
    return [_outcome(task) for task in tasks]


class _Lane(Generic[T]):
    """Tasks that run one after the other in a process of their own."""

    def __init__(self, tasks: Sequence[Task[T]], seconds: float) -> None:
        self._tasks = tasks
        self._seconds = seconds
        self._done: list[Outcome[T]] = []
        self._process = 0
        self._results: IO[bytes] | None = None

    def start(self) -> None:
        """Go on with the first task that has no outcome yet."""
        results, reports = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings():
            # Python warns that other threads are not copied; the copy only reads and leaves.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        if self._process == 0:
            os.close(results)
            _work(self._tasks[len(self._done) :], reports, self._seconds)
        os.close(reports)
        self._results = os.fdopen(results, "rb")

    def finished(self) -> list[Outcome[T]]:
        """Every outcome, once there are all."""
        while True:
            while len(self._done) < len(self._tasks) and self._read():
                pass
            why = self.stop()
            if len(self._done) == len(self._tasks):
                return self._done
            self._done.append(why)
            if len(self._done) == len(self._tasks):
                return self._done
            self.start()

    def stop(self) -> TimedOut | Crashed:
        """End the process, and say how it ended."""
        if not self._process:
            return Crashed("it was stopped")
        if self._results:
            self._results.close()
            self._results = None
        process, self._process = self._process, 0
        ended, status = os.waitpid(process, os.WNOHANG)
        if not ended:
            # Its pipe is closed, so it has nobody to work for.
            os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if number in {signal.SIGALRM, signal.SIGPROF}:
            return TimedOut(self._seconds)
        if number == signal.SIGABRT:
            return Crashed(f"the engine gave up, perhaps for want of memory ({MEMORY >> 30} GiB)")
        return Crashed(
            f"the process ended by {signal.Signals(number).name if number else 'itself'}"
        )

    def _read(self) -> bool:
        assert self._results is not None
        try:
            self._done.append(pickle.load(self._results))  # noqa: S301 - our own copy wrote it
        except (EOFError, pickle.UnpicklingError):
            return False
        return True


def _work(tasks: Sequence[Task[Any]], reports: int, seconds: float) -> None:
    """Do the tasks in the copy, and end it without the rest of the program."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends us
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        _limit_memory()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 2)  # what an engine prints when it fails is no answer to the user
        for task in tasks:
            _set_alarm(seconds)
            packed = pickle.dumps(_outcome(task))
            _set_alarm(0)
            _write(reports, packed)
    finally:
        os._exit(0)


def _set_alarm(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE)


def _limit_memory() -> None:
    """Let this process take no more than `MEMORY` on top of what it has; Linux can tell."""
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        import resource  # noqa: PLC0415 - Unix has it

        taken = int(statistics.read_text("ascii").split()[5]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = taken + MEMORY
        least = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_DATA, (least, most))


def _write(reports: int, packed: bytes) -> None:
    rest = memoryview(packed)
    while rest:
        rest = rest[os.write(reports, rest) :]


def _outcome(task: Task[T]) -> Outcome[T]:
    try:
        return task()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic of a Rust engine is no Exception
        return Crashed(f"{type(error).__name__}: {error}")
