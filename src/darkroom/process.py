"""A fresh process for each job, in a session of its own, so that it can be killed whole.

The processes are forked from a server that has `preloaded` the big libraries and nothing of ours:
each starts at once, and none has seen an older version of a module.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

from darkroom.errors import Fault
from darkroom.files import SCRATCH, sweep
from darkroom.inputs import ONE_THREAD
from darkroom.job import GRACE, Job, JobResult, last_words, work

Submit = Callable[[Job], Future[JobResult | Fault]]


@contextmanager
def server(workers: int, motions: bool) -> Iterator[Submit]:
    """While it lasts, jobs can be handed to a server that has loaded what they will need."""
    sweep(Path(tempfile.gettempdir()), f"{SCRATCH}*")
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ |= ONE_THREAD  # and one job, one core
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["preloaded"] + ["manim"] * motions)
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")  # or each job would import the caller's
    threads, running, closing = ThreadPoolExecutor(workers), set[BaseProcess](), threading.Event()
    try:
        yield lambda job: threads.submit(expose, job, running, closing)
    finally:  # an interrupt leaves some in the queue, some about to start and some at work
        closing.set()
        threads.shutdown(wait=False, cancel_futures=True)
        for process in [*running]:
            _kill(process)
        threads.shutdown()
        sys.modules["__main__"] = main
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value


def expose(job: Job, running: set[BaseProcess], closing: threading.Event) -> JobResult | Fault:
    """Do one job in a process of its own: what it made, or how it failed."""
    context, limit = multiprocessing.get_context("forkserver"), job.figure.timeout
    with tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(job, scratch, sender))
        process.start()
        running.add(process)
        if closing.is_set():  # the server has loaded so long that nobody waits any more
            _kill(process)
        sender.close()
        clock, end = threading.Timer(limit, _kill, [process]), time.monotonic() + limit
        clock.start()
        try:
            answer: JobResult | Fault = receiver.recv()
            process.join(GRACE)
        except Exception:  # there is none that could be read
            process.join()
            late = f"did not finish within {limit:g} s. If it does not loop, set TIMEOUT."
            code = process.exitcode or 0
            told = late if time.monotonic() >= end else _end(code, last_words(scratch))
            answer = Fault(job.figure.path, 1, f"{job.product}: {told}")
        finally:
            clock.cancel()
            _kill(process)
            process.join()
            running.remove(process)
            receiver.close()
    return answer


def _kill(process: BaseProcess) -> None:
    """With all in its session, if it is old enough to have one."""
    assert process.pid
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _end(code: int, words: str) -> str:
    """How a process died that gave no answer, and its last words."""
    end = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
    return f"its process died ({end}) " + (f"after saying: {words}" if words else "without a word.")
