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
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from darkroom.catalog import Fault, Figure
from darkroom.render import Files, figure_module, motion, pack, still, unpack
from inks.palette import THEMES

LIBRARIES = ["numpy.random", "matplotlib.figure", "matplotlib.backends.backend_agg"]
LIBRARIES += ["matplotlib.backends.backend_svg", "matplotlib.patches", "PIL.PngImagePlugin"]
GRACE = 5.0  # seconds for a process to tidy up once its work is done
LARGEST = 256 * 2**20  # bytes of any file that a job writes, what it prints included
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Exposure:
    """One job: what a figure measures, or its picture in one theme."""

    root: Path  # of the project: modules come from its `src/`
    figure: Figure
    product: str  # measure, light or dark
    data: bytes  # what it measured, packed
    draft: bool  # a motion, quickly


Made = tuple[Files, list[str], float]  # files, the project's files that were read, seconds
Submit = Callable[[Exposure], Future[Made]]


@contextmanager
def server(workers: int, motions: bool) -> Iterator[Submit]:
    """While it lasts, jobs can be handed to a server that has loaded what they will need."""
    for name in ONE_THREAD:  # one job, one core; and sums do not depend on their number
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES + ["manim"] * motions)
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")  # or each job would import the caller's
    try:
        with ThreadPoolExecutor(workers) as threads:
            yield lambda job: threads.submit(expose, job)
    finally:
        sys.modules["__main__"] = main


def expose(job: Exposure) -> Made:
    """Do one job in a process of its own; a `Fault` says how it failed."""
    context = multiprocessing.get_context("forkserver")
    with tempfile.TemporaryDirectory(prefix="darkroom-", ignore_cleanup_errors=True) as scratch:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(job, scratch, sender))
        process.start()
        sender.close()
        assert process.pid
        try:
            if not receiver.poll(limit := job.figure.timeout):
                late = f"did not finish within {limit:g} s. Set TIMEOUT to give it longer."
                raise Fault(job.figure.path, 1, late)
            answer: Made | Fault = receiver.recv()
            process.join(GRACE)
        except (EOFError, OSError):
            process.join()
            end = _end(process.exitcode or 0, Path(scratch, "said"))
            raise Fault(job.figure.path, 1, end) from None
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()  # if it is too young to have a session
            process.join()
            receiver.close()
    if isinstance(answer, Fault):
        raise answer
    return answer


def _work(job: Exposure, scratch: str, sender: Connection) -> None:
    """What the process does: the job, within limits, watched."""
    os.setsid()
    os.chdir(scratch)
    with open("said", "wb") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    memory = int(job.figure.memory * 2**20)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    read: set[str] = set()
    watch = partial(_watch, read, job.root)
    sys.addaudithook(lambda event, about: watch(*about) if event == "open" else None)
    start = time.perf_counter()
    try:
        sender.send((_develop(job, Path(scratch)), sorted(read), time.perf_counter() - start))
    except BaseException as error:
        sender.send(_fault(job, error))


def _develop(job: Exposure, scratch: Path) -> Files:
    sys.path.insert(0, str(job.root / "src"))
    module = figure_module(job.figure.path)
    if job.product == "measure":
        return {"npz": pack(module.measure())}
    ink, data = THEMES[job.product], unpack(job.data)
    if job.figure.kind == "still":
        return still(module, ink, data, job.figure.size)
    return motion(module, ink, data, scratch, draft=job.draft)


def _watch(read: set[str], root: Path, path: Any, _mode: Any, flags: int) -> None:
    """Remember a file of the project that is opened for reading; refuse one for writing."""
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


def _fault(job: Exposure, error: BaseException) -> Fault:
    """The error, told from the figure's own lines on."""
    path, frames = job.figure.path, traceback.extract_tb(error.__traceback__)
    own = [i for i, frame in enumerate(frames) if frame.filename == str(path)]
    line = frames[own[-1]].lineno if own else getattr(error, "lineno", None)
    if isinstance(error, SystemExit):
        error = RuntimeError(f"a figure must not end the process: sys.exit({error.code!r})")
    if isinstance(error, MemoryError):
        error = MemoryError(f"needs over {job.figure.memory:g} MiB. Set MEMORY to give it more.")
    what = f"{job.product}: {type(error).__name__}: {error}"
    told = traceback.format_list(frames[own[0] :] if own else frames)
    return Fault(path, line or 1, what, "".join(told))


def _end(code: int, said: Path) -> str:
    """How a process died that gave no answer, and its last words."""
    end = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
    words = said.read_bytes()[-400:].decode(errors="replace").strip() if said.is_file() else ""
    return f"its process died ({end}) " + (f"after saying: {words}" if words else "without a word.")
