"""A fresh process for each job, in a session of its own, so that it can be killed whole.

The processes are forked from a server that has loaded the big libraries and nothing of ours but
what sets the threads: each starts at once, and none has seen an older version of a module. (A pool
such as pebble's kills the worker alone: a child that a figure has started would live on.)
"""

import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

from darkroom.errors import Fault
from darkroom.files import SCRATCH, sweep
from darkroom.job import ANSWER, Job, JobResult, output_tail, work

WAITING = 5  # times its limit: for how long a job may wait, or share a busy machine

Submit = Callable[[Job], Future[JobResult | Fault]]

PRELOAD = [
    "darkroom.forkserver",
    "numpy.random",
    "matplotlib.figure",
    "matplotlib.patches",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
]


@contextmanager
def sandbox(workers: int, motions: bool) -> Iterator[Submit]:
    """While it lasts, jobs can be submitted; those that still run at its end are killed."""
    sweep(Path(tempfile.gettempdir()), f"{SCRATCH}*")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOAD, "manim"] if motions else PRELOAD)
    threads = ThreadPoolExecutor(workers)
    running: set[BaseProcess] = set()
    closing = threading.Event()
    with _hidden_main():
        try:
            yield lambda job: threads.submit(run_in_process, job, running, closing)
        finally:  # an interrupt leaves some in the queue, some about to start and some at work
            closing.set()
            threads.shutdown(wait=False, cancel_futures=True)
            for process in [*running]:
                _kill(process)
            threads.shutdown()


@contextmanager
def _hidden_main() -> Iterator[None]:
    """Else every child imports the caller's `__main__` again, as `multiprocessing` does."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def run_in_process(
    job: Job, running: set[BaseProcess], closing: threading.Event
) -> JobResult | Fault:
    """Do one job in a process of its own: what it made, or how it failed."""
    context = multiprocessing.get_context("forkserver")
    with tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
        process = context.Process(target=work, args=(job, scratch))
        process.start()
        running.add(process)
        if closing.is_set():  # the build was interrupted while the fork server was importing
            _kill(process)
        process.join(WAITING * job.figure.timeout)
        is_late = process.is_alive()
        _kill(process)
        process.join()
        running.remove(process)
        try:
            answer: JobResult | Fault = pickle.loads(Path(scratch, ANSWER).read_bytes())
        except Exception:  # it died before it had one, and maybe a figure wrote there
            message = _end_without_answer(job, process, is_late, output_tail(scratch))
            answer = Fault(job.figure.path, 1, f"{job.product}: {message}")
    return answer


def _kill(process: BaseProcess) -> None:
    """Kill a process with all in its session; it may be too young to have one."""
    assert process.pid
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _end_without_answer(job: Job, process: BaseProcess, is_late: bool, output: str) -> str:
    """How a process ended that gave no answer, and the last that it printed."""
    if is_late or process.exitcode == -signal.SIGXCPU:
        limit = job.figure.timeout
        return f"did not finish within {limit:g} s. If it does not loop, set TIMEOUT."
    code = process.exitcode or 0
    end = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
    last = f"after saying: {output}" if output else "without a word."
    return f"its process died ({end}) {last}"
