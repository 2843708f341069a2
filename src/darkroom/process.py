"""A fresh process for each job, in a session of its own, so that it can be killed whole.

The processes are forked from a server that has imported the big libraries and nothing of ours:
each starts at once, and none has seen an older version of a module. A job may write to its scratch
folder and nowhere else, and start no process; what it reads of the project is noted.
"""

import errno
import math
import multiprocessing
import os
import re
import resource
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from darkroom.catalog import Fault, Figure
from darkroom.render import Files, figure_module, motion, pack, still, unpack
from darkroom.store import SCRATCH, sweep
from inks.palette import THEMES

LIBRARIES = ["numpy.random", "matplotlib.figure", "matplotlib.backends.backend_agg"]
LIBRARIES += ["matplotlib.backends.backend_svg", "matplotlib.patches", "PIL.PngImagePlugin"]
GRACE = 5.0  # seconds for a process to tidy up once its work is done
LARGEST = 256 * 2**20  # bytes of any file that a job writes, what it prints included
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {  # audited events that change files, and how many paths each names
    **dict.fromkeys(("os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rmdir"), 1),
    **dict.fromkeys(("os.truncate", "os.utime", "shutil.rmtree", "sqlite3.connect"), 1),
    **dict.fromkeys(("os.link", "os.rename", "os.symlink"), 2),
}
HIDDEN = re.compile(r"/(\.|__pycache__/)")
STARTS = {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"}


@dataclass(frozen=True, slots=True)
class Job:
    """What a figure measures, or its picture in one theme."""

    root: Path  # of the project: modules come from its `src/`
    figure: Figure
    product: str  # measure, light or dark
    data: bytes  # what it measured, packed
    draft: bool  # a motion, quickly


class Made(NamedTuple):
    """What a job made."""

    files: Files
    reads: list[str]  # the project's files that it read
    seconds: float


Submit = Callable[[Job], Future[Made | Fault]]


@contextmanager
def server(workers: int, motions: bool) -> Iterator[Submit]:
    """While it lasts, jobs can be handed to a server that has loaded what they will need."""
    sweep(Path(tempfile.gettempdir()), f"{SCRATCH}*")
    for name in ONE_THREAD:  # one job, one core; and sums do not depend on their number
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES + ["manim"] * motions)
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")  # or each job would import the caller's
    threads, running = ThreadPoolExecutor(workers), set[BaseProcess]()
    try:
        yield lambda job: threads.submit(expose, job, running)
    finally:  # an interrupt leaves some in the queue and some at work
        threads.shutdown(wait=False, cancel_futures=True)
        for process in [*running]:
            _kill(process)
        threads.shutdown()
        sys.modules["__main__"] = main


def expose(job: Job, running: set[BaseProcess]) -> Made | Fault:
    """Do one job in a process of its own: what it made, or how it failed."""
    path, limit = job.figure.path, job.figure.timeout
    context = multiprocessing.get_context("forkserver")
    with tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(job, scratch, sender))
        process.start()
        sender.close()
        running.add(process)
        end = time.monotonic() + limit
        clock = threading.Timer(limit, _kill, [process])
        clock.start()
        try:
            answer: Made | Fault = receiver.recv()
            process.join(GRACE)
            return answer
        except Exception:  # there is none that could be read
            process.join()
            if time.monotonic() >= end:
                late = f"did not finish within {limit:g} s. Set TIMEOUT to give it longer."
                return Fault(path, 1, late)
            return Fault(path, 1, _end(process.exitcode or 0, Path(scratch, "said")))
        finally:
            clock.cancel()
            _kill(process)
            process.join()
            running.remove(process)
            receiver.close()


def _kill(process: BaseProcess) -> None:
    """With all in its session, if it is old enough to have one."""
    assert process.pid
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _work(job: Job, scratch: str, sender: Connection) -> None:
    """What the process does: the job, within limits, watched."""
    os.setsid()
    os.chdir(scratch)
    with open("said", "wb") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    threading.Thread(target=_die_with, args=[multiprocessing.parent_process()], daemon=True).start()
    signal.alarm(math.ceil(job.figure.timeout + GRACE))
    _limit(resource.RLIMIT_AS, int(job.figure.memory * 2**20))
    _limit(resource.RLIMIT_FSIZE, LARGEST)
    tempfile.tempdir = scratch
    read: set[str] = set()
    sys.addaudithook(partial(_watch, read, str(job.root), os.path.realpath(scratch)))
    start = time.perf_counter()
    try:
        files = _develop(job, Path(scratch))
        data = read - {getattr(module, "__file__", None) for module in sys.modules.values()}
        reads = sorted(os.path.relpath(path, job.root) for path in data)
        sender.send(Made(files, reads, time.perf_counter() - start))
    except BaseException as error:
        sender.send(_fault(job, error))


def _die_with(parent: Any) -> None:
    parent.join()
    os.killpg(0, signal.SIGKILL)


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # macOS refuses some
        resource.setrlimit(what, (most, most))


def _develop(job: Job, scratch: Path) -> Files:
    sys.path.insert(0, str(job.root / "src"))
    module = figure_module(job.figure.path)
    if job.product == "measure":
        return {"npz": pack(module.measure())}
    ink, data = THEMES[job.product], unpack(job.data)
    if job.figure.kind == "still":
        return still(module, ink, data, job.figure.size)
    return motion(module, ink, data, scratch, draft=job.draft)


def _watch(read: set[str], root: str, scratch: str, event: str, about: tuple[Any, ...]) -> None:
    """Note what is read of the project; refuse a change outside the scratch folder."""
    if event in STARTS:
        raise PermissionError("a figure must not start another process")
    changed = about[: CHANGES.get(event, 0)]
    if event == "open":
        path, _, flags = about
        if flags & WRITING:
            changed = (path,)
        elif not isinstance(path, int) and (full := os.path.abspath(os.fsdecode(path))).startswith(
            f"{root}/"
        ):
            inner = full[len(root) :]
            if not HIDDEN.search(inner) and os.path.isfile(full):
                read.add(full)
    for path in changed:
        if not isinstance(path, int) and path != os.devnull:
            full = os.path.realpath(os.fsdecode(path))
            if not f"{full}/".startswith(f"{scratch}/"):
                where = full.removeprefix(f"{root}/")
                raise PermissionError(
                    f"a figure must not write to {where}: return it from measure()"
                )


def _fault(job: Job, error: BaseException) -> Fault:
    """The error, told from the figure's own lines on."""
    path, frames = job.figure.path, traceback.extract_tb(error.__traceback__)
    own = [i for i, frame in enumerate(frames) if frame.filename == str(path)]
    line = frames[own[-1]].lineno if own else getattr(error, "lineno", None)
    if isinstance(error, SystemExit):
        error = RuntimeError(f"a figure must not end the process: sys.exit({error.code!r})")
    if isinstance(error, MemoryError):
        error = MemoryError(f"needs over {job.figure.memory:g} MiB. Set MEMORY to give it more.")
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        error = OSError(f"prints or writes over {LARGEST >> 20} MiB")
    what = f"{job.product}: {type(error).__name__}: {error}"
    told = traceback.format_list(frames[own[0] :] if own else frames)
    return Fault(path, line or 1, what, "".join(told))


def _end(code: int, said: Path) -> str:
    """How a process died that gave no answer, and its last words."""
    end = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
    words = said.read_bytes()[-400:].decode(errors="replace").strip() if said.is_file() else ""
    return f"its process died ({end}) " + (f"after saying: {words}" if words else "without a word.")
