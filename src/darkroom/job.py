"""One job, as its process does it: within limits, and watched.

It may write to its scratch folder and nowhere else, start no process and ask no network; what it
reads of the project, and which folders it lists, is noted.
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
from contextlib import suppress
from functools import partial
from itertools import takewhile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from darkroom.cache import Files
from darkroom.data import pack, unpack
from darkroom.errors import Fault, Mistake, line_of
from darkroom.figure import Figure
from darkroom.hashing import content_digest
from darkroom.inputs import Inputs
from darkroom.render import figure_module, motion, still
from inks.palette import THEMES as INKS

GRACE = 5.0  # seconds for a process to tidy up once its work is done
LARGEST = 256 * 2**20  # bytes of any file that a job writes, what it prints included
SAID, TEMPORARY = "said", "temporary"  # in its scratch folder: what it prints; what may lie about
LAST = 400  # bytes of what a job says that are passed on
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {  # audited events that change files, and how many paths each names
    **dict.fromkeys(("os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rmdir"), 1),
    **dict.fromkeys(("os.truncate", "os.utime", "shutil.rmtree", "sqlite3.connect"), 1),
    **dict.fromkeys(("os.link", "os.rename", "os.symlink"), 2),
}
STARTS = {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"}
NETWORK = {"socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto"}
LISTS = {"os.listdir", "os.scandir"}
UNKEPT = "a figure must not write to {}: return it from measure()"
ELSEWHERE = "a figure runs in an empty folder. Write Path(__file__).with_name(…)"
NO_TEX = ": there is no LaTeX here. Words and Number of `inks.motions.lettering` set text"
HIDDEN = re.compile(r"/(__pycache__|\.cache|\.git|\.venv)/")  # what no figure is made from


class Job(NamedTuple):
    """What a figure measures, or its picture in one theme."""

    root: Path  # of the project: modules come from its `src/`
    figure: Figure
    product: str  # measure, light or dark
    data: bytes  # what it measured, packed
    draft: bool  # a motion, quickly
    needs: Inputs  # its inputs, as whoever wants it sees them
    named: tuple[str, ...]  # files below the root that imports load which are written out


class JobResult(NamedTuple):
    """What a job made."""

    files: Files
    reads: Inputs  # file of the project that it read → digest when it first did
    seconds: float
    said: str  # the end of what it printed


def work(job: Job, scratch: str, sender: Connection) -> None:
    """What the process does: the job, within limits, watched."""
    os.setsid()
    os.chdir(scratch)
    with open(SAID, "wb") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    threading.Thread(target=_die_with, args=[multiprocessing.parent_process()], daemon=True).start()
    signal.alarm(math.ceil(job.figure.timeout + GRACE))  # should that thread never have its turn
    memory = int(job.figure.memory * 2**20)
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, LARGEST)):
        with suppress(ValueError, OSError):  # macOS refuses some, and a lower one may be inherited
            resource.setrlimit(what, (most, most))
    os.mkdir(TEMPORARY)
    tempfile.tempdir = f"{scratch}/{TEMPORARY}"
    sys.path.insert(0, str(job.root / "src"))
    read: Inputs = {}
    last = next(reversed(sys.modules))
    sys.addaudithook(partial(_watch, read, f"{job.root}/", f"{os.path.realpath(scratch)}/"))
    start = time.perf_counter()
    try:
        files = _develop(job)
        if left := set(os.listdir(scratch)) - {SAID, TEMPORARY}:
            raise Fault(job.figure.path, 1, f"{job.product}: {UNKEPT.format(min(left))}")
        data = _data(job, read, [*takewhile(lambda name: name != last, reversed(sys.modules))])
        reads = {os.path.relpath(path, job.root): data[path] for path in sorted(data)}
        seconds = time.perf_counter() - start
        sender.send(JobResult(files, reads, seconds, last_words(scratch)))
    except BaseException as error:
        fault, words = _fault(job, error), last_words(scratch)
        fault.details += f"It said: {words}\n" if words else ""
        sender.send(fault)


def _data(job: Job, read: Inputs, loaded: list[str]) -> Inputs:
    """What was read as data: no module whose import is written out, but any other of ours."""
    files = {getattr(sys.modules[name], "__file__", None) or "" for name in loaded}
    ours = {file for file in files if file.startswith(f"{job.root}/src/")}
    late = ours - {f"{job.root}/{name}" for name in job.named}
    return {file: read.get(file) or content_digest(file) for file in read.keys() - files | late}


def last_words(scratch: str) -> str:
    """The end of what the job with this folder has printed."""
    with suppress(OSError, ValueError):  # it was too much, or is closed
        sys.stdout.flush()
    with suppress(OSError), Path(scratch, SAID).open("rb") as said:
        size = os.fstat(said.fileno()).st_size
        said.seek(max(0, size - LAST))
        return "… " * (size > LAST) + said.read().decode(errors="replace").strip()
    return ""


def _die_with(parent: Any) -> None:
    parent.join()
    os.killpg(0, signal.SIGKILL)


def _develop(job: Job) -> Files:
    module = figure_module(job.figure.path)
    if job.product == "measure":
        return {"npz": pack(module.measure())}
    ink, data = INKS[job.product], unpack(job.data)
    if job.figure.kind == "still":
        return still(module, ink, data, job.figure.size)
    return motion(module, ink, data, Path(tempfile.gettempdir()), draft=job.draft)


def _watch(read: Inputs, root: str, scratch: str, event: str, about: tuple[Any, ...]) -> None:
    """Note what is read of the project, or missed; refuse a change outside the scratch folder."""
    if event in STARTS:
        hint = NO_TEX if "tex" in str(about[0] if about else "") else ""
        raise PermissionError(f"a figure must not start another process{hint}")
    if event in NETWORK:
        raise PermissionError("a figure must not ask the network")
    paths = about[: CHANGES.get(event, event == "open" or event in LISTS)]
    for path in (os.fsdecode(path or ".") for path in paths if not isinstance(path, int)):
        if event in LISTS or (event == "open" and not about[2] & WRITING):
            full = os.path.abspath(path)
            inner = full.startswith(root) and not HIDDEN.search(f"{full}/", len(root) - 1)
            modules = f"{full}/".startswith(f"{root}src/")  # which imports look through
            wanted = not modules if event in LISTS else not os.path.isdir(full)
            if inner and wanted and full not in read:
                read[full] = ""  # for this hook sees also how the digest is taken
                read[full] = content_digest(full)
        elif not f"{os.path.realpath(path)}/".startswith(scratch) and path != os.devnull:
            where = os.path.realpath(path).removeprefix(root)
            raise PermissionError(UNKEPT.format(where))


def _fault(job: Job, error: BaseException) -> Fault:
    """The error, told from the figure's own lines on."""
    path, frames = job.figure.path, traceback.extract_tb(error.__traceback__)
    own = [i for i, frame in enumerate(frames) if frame.filename == str(path)]
    line = frames[own[-1]].lineno if own else getattr(error, "lineno", None)
    match error:
        case Fault():
            return error
        case Mistake():
            return Fault(path, line or line_of(path, "def measure"), f"{job.product}: {error}")
        case FileNotFoundError(filename=str(name)) if not os.path.isabs(name):
            error = FileNotFoundError(f"{name}: {ELSEWHERE}")
        case SyntaxError(filename=str(file), lineno=int(at)) if Path(file).is_file():  # imported
            shown = traceback.format_exception_only(error)
            return Fault(Path(file), at, f"is not Python: {error.msg}", "".join(shown[1:-1]))
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
