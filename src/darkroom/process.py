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
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from darkroom.catalog import Fault, Figure
from darkroom.fingerprint import Inputs
from darkroom.render import Files, figure_module, motion, pack, still, unpack
from darkroom.store import SCRATCH, sweep
from inks.palette import THEMES

LIBRARIES = ["numpy.random", "matplotlib.figure", "matplotlib.backends.backend_agg"]
LIBRARIES += ["matplotlib.backends.backend_svg", "matplotlib.patches", "PIL.PngImagePlugin"]
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
GRACE = 5.0  # seconds for a process to tidy up once its work is done
LARGEST = 256 * 2**20  # bytes of any file that a job writes, what it prints included
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {  # audited events that change files, and how many paths each names
    **dict.fromkeys(("os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rmdir"), 1),
    **dict.fromkeys(("os.truncate", "os.utime", "shutil.rmtree", "sqlite3.connect"), 1),
    **dict.fromkeys(("os.link", "os.rename", "os.symlink"), 2),
}
STARTS = {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"}
HIDDEN = re.compile(r"/(\.|__pycache__/)")


class Job(NamedTuple):
    """What a figure measures, or its picture in one theme."""

    root: Path  # of the project: modules come from its `src/`
    figure: Figure
    product: str  # measure, light or dark
    data: bytes  # what it measured, packed
    draft: bool  # a motion, quickly
    needs: Inputs  # as whoever wants it sees them


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
    context, limit = multiprocessing.get_context("forkserver"), job.figure.timeout
    with tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(job, scratch, sender))
        process.start()
        running.add(process)
        sender.close()
        clock, end = threading.Timer(limit, _kill, [process]), time.monotonic() + limit
        clock.start()
        try:
            answer: Made | Fault = receiver.recv()
            process.join(GRACE)
        except Exception:  # there is none that could be read
            process.join()
            late = f"did not finish within {limit:g} s. Set TIMEOUT to give it longer."
            code = process.exitcode or 0
            told = late if time.monotonic() >= end else _end(code, Path(scratch, "said"))
            answer = Fault(job.figure.path, 1, told)
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


def _work(job: Job, scratch: str, sender: Connection) -> None:
    """What the process does: the job, within limits, watched."""
    os.setsid()
    os.chdir(scratch)
    with open("said", "wb") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    threading.Thread(target=_die_with, args=[multiprocessing.parent_process()], daemon=True).start()
    signal.alarm(math.ceil(job.figure.timeout + GRACE))  # should that thread never have its turn
    memory = int(job.figure.memory * 2**20)
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, LARGEST)):
        hard = resource.getrlimit(what)[1]
        with suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(what, (most if hard < 0 else min(most, hard),) * 2)
    tempfile.tempdir = scratch
    sys.path.insert(0, str(job.root / "src"))
    read: set[str] = set()
    sys.addaudithook(partial(_watch, read, f"{job.root}/", f"{os.path.realpath(scratch)}/"))
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


def _develop(job: Job, scratch: Path) -> Files:
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
    paths = about[: CHANGES.get(event, event == "open")]
    for path in (os.fsdecode(path) for path in paths if not isinstance(path, int)):
        if event == "open" and not about[2] & WRITING:
            full = os.path.abspath(path)
            inner = full.startswith(root) and not HIDDEN.search(full, len(root) - 1)
            if inner and os.path.isfile(full):
                read.add(full)
        elif not f"{os.path.realpath(path)}/".startswith(scratch) and path != os.devnull:
            where = os.path.realpath(path).removeprefix(root)
            raise PermissionError(f"a figure must not write to {where}: return it from measure()")


def _fault(job: Job, error: BaseException) -> Fault:
    """The error, told from the figure's own lines on."""
    path, frames = job.figure.path, traceback.extract_tb(error.__traceback__)
    own = [i for i, frame in enumerate(frames) if frame.filename == str(path)]
    line = frames[own[-1]].lineno if own else getattr(error, "lineno", None)
    match error:
        case SystemExit():
            error = RuntimeError(f"a figure must not end the process: sys.exit({error.code!r})")
        case MemoryError():
            more = f"needs over {job.figure.memory:g} MiB. Set MEMORY to give it more."
            error = MemoryError(more)
        case OSError(errno=errno.EFBIG):
            error = OSError(f"prints or writes over {LARGEST >> 20} MiB")
    what = f"{job.product}: {type(error).__name__}: {error}"
    told = traceback.format_list(frames[own[0] :] if own else frames)
    return Fault(path, line or 1, what, "".join(told))


def _end(code: int, said: Path) -> str:
    """How a process died that gave no answer, and its last words."""
    end = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
    words = said.read_bytes()[-400:].decode(errors="replace").strip() if said.is_file() else ""
    return f"its process died ({end}) " + (f"after saying: {words}" if words else "without a word.")
