"""A fresh process for each job, in a session of its own, so that it can be killed whole.

The processes are forked from a server that has imported the big libraries and nothing of ours:
each starts at once, and none has seen an older version of a module.
"""

import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from darkroom.catalog import Fault
from darkroom.render import Files, Job, develop

LIBRARIES = ["numpy.random", "matplotlib.figure", "matplotlib.backends.backend_agg"]
LIBRARIES += ["matplotlib.backends.backend_svg", "matplotlib.patches", "PIL.PngImagePlugin"]
GRACE = 5.0  # seconds for a process to end by itself once its work is done
Made = tuple[Files, list[str]]  # a job's files, and the project's files that it read
LARGEST = 256 * 2**20  # bytes of any file that a job writes, what it prints included
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def server(*, motions: bool) -> Iterator[None]:
    """While it lasts, `expose` finds a server that has loaded what the jobs will need."""
    for name in ONE_THREAD:  # one job, one core; and sums do not depend on their number
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES + ["manim"] * motions)
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")  # or each job would import the caller's
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def expose(job: Job) -> Made:
    """Do one job in a process of its own; a `Fault` says how it failed."""
    context = multiprocessing.get_context("forkserver")
    with tempfile.TemporaryDirectory(prefix="darkroom-", ignore_cleanup_errors=True) as scratch:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(job, scratch, sender), name=str(job))
        process.start()
        sender.close()
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            kill(process.pid)

        clock = threading.Timer(job.timeout, expire)
        clock.start()
        try:
            answer: Made | Fault = receiver.recv()
            process.join(GRACE)
        except (EOFError, OSError):
            process.join()
            answer = died(job, None if expired.is_set() else process.exitcode, scratch)
        finally:
            clock.cancel()
            kill(process.pid)
            process.join()
            receiver.close()
    if isinstance(answer, Fault):
        raise answer
    return answer


def perform(job: Job, scratch: str) -> Made | Fault:
    """Do one job in this process, which is nobody else's: within limits, watched."""
    os.chdir(scratch)
    with open("said", "wb") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    limit = int(job.memory * 2**20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    read: set[str] = set()
    sys.addaudithook(
        lambda event, about: _watch(read, job.root, about) if event == "open" else None
    )
    try:
        return develop(job, Path(scratch)), sorted(read)
    except BaseException as error:
        return _fault(job, error)


def _work(job: Job, scratch: str, sender: Connection) -> None:
    os.setsid()
    sender.send(perform(job, scratch))


def _watch(read: set[str], root: Path, about: tuple[Any, Any, int]) -> None:
    """Remember a file of the project that is opened for reading; refuse one for writing."""
    path, _, flags = about
    if not isinstance(path, str | os.PathLike):
        return
    full = Path(os.path.abspath(path))
    if not full.is_relative_to(root) or "__pycache__" in full.parts or full.suffix == ".py":
        return
    inner = full.relative_to(root)
    if flags & (os.O_WRONLY | os.O_RDWR):
        raise PermissionError(f"a figure must not write to {inner}: return it from measure()")
    if not any(part.startswith(".") for part in inner.parts) and full.is_file():
        read.add(str(inner))


def _fault(job: Job, error: BaseException) -> Fault:
    """The error, told from the figure's own lines on."""
    trace: TracebackType | None = error.__traceback__
    frames = traceback.extract_tb(trace)
    own = [i for i, frame in enumerate(frames) if frame.filename == str(job.path)]
    told = frames[own[0] :] if own else frames
    line = frames[own[-1]].lineno if own else getattr(error, "lineno", None)
    if isinstance(error, SystemExit):
        error = RuntimeError(f"a figure must not end the process: sys.exit({error.code!r})")
    if isinstance(error, MemoryError):
        error = MemoryError(f"needs more than {job.memory:g} MiB. Set MEMORY to give it more.")
    what = f"{job.theme or job.product}: {type(error).__name__}: {error}"
    return Fault(job.path, line or 1, what, "".join(traceback.format_list(told)))


def died(job: Job, code: int | None, scratch: str) -> Fault:
    """The fault of a job that gave no answer; `code` is None if its time was up."""
    if code is None:
        what = f"did not finish within {job.timeout:g} s. Set TIMEOUT to give it longer."
    else:
        what = f"its process died ({_end(code)}) {_last_words(scratch)}"
    return Fault(job.path, 1, what)


def _last_words(scratch: str) -> str:
    with suppress(OSError):
        words = (Path(scratch) / "said").read_bytes()[-400:].decode(errors="replace").strip()
        return f"after saying: {words}" if words else "without a word."
    return "without a word."


def _end(code: int | None) -> str:
    return f"signal {signal.Signals(-code).name}" if code and code < 0 else f"exit status {code}"


def kill(pid: int | None) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if pid:
            os.killpg(pid, signal.SIGKILL)
