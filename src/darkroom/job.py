"""One job, as its process does it: one figure's `measure`, or its picture in one theme.

It runs within limits of time, memory and output, in an empty folder; what it prints is kept for the
report, what it reads of the project is recorded.
"""

import math
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from darkroom.cache import Files
from darkroom.data import pack, unpack
from darkroom.errors import Fault, fault_from
from darkroom.figure import Figure
from darkroom.files import replace
from darkroom.inputs import Inputs
from darkroom.reads import ReadRecorder, Reads
from darkroom.render import figure_module, motion, still
from inks.palette import THEMES as INKS

LARGEST_FILE = 256 * 2**20  # bytes of any file that a job writes, its output included
OUTPUT = "output"  # in its folder: what it prints
TEMPORARY = "temporary"  # in its folder: what libraries may leave behind
ANSWER = "answer"  # in its folder: what came of it, pickled, as soon as it is whole
EXIT_TIME = 5  # seconds for the process to tidy up once it has answered
TAIL = 400  # bytes of its output that are passed on


class Job(NamedTuple):
    """What a figure measures, or its picture in one theme."""

    root: Path  # of the project: modules come from its `src/`
    figure: Figure
    product: str  # measure, light or dark
    data: bytes  # what it measured, packed
    draft: bool  # a motion, quickly
    inputs: Inputs  # what it depends on, as the build sees it


class JobResult(NamedTuple):
    """What a job made."""

    files: Files
    reads: Reads
    seconds: float
    output: str  # the end of what it printed


def work(job: Job, scratch: str) -> None:
    """Do the job in this process, which is its own; what came of it is in `ANSWER`."""
    os.setsid()  # whatever it starts is killed with it
    os.chdir(scratch)
    _redirect_output()
    _set_limits(job.figure)
    parent = multiprocessing.parent_process()
    threading.Thread(target=_die_with, args=[parent], daemon=True).start()
    os.mkdir(TEMPORARY)
    tempfile.tempdir = f"{scratch}/{TEMPORARY}"
    sys.path.insert(0, str(job.root / "src"))
    recorder = ReadRecorder(job.root)
    start = time.perf_counter()
    answer: JobResult | Fault
    try:
        files = _run_figure(job)
        _check_left_files(job, scratch)
        seconds = time.perf_counter() - start
        answer = JobResult(files, recorder.reads(), seconds, output_tail(scratch))
    except BaseException as error:
        answer = fault_from(error, job.figure.path, job.product, job.figure.memory)
        if output := output_tail(scratch):
            answer.details += f"It said: {output}\n"
    replace(Path(scratch, ANSWER), pickle.dumps(answer))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(EXIT_TIME)  # a thread that goes on ends here


def output_tail(scratch: str) -> str:
    """The end of what the job in this folder has printed."""
    with suppress(OSError, ValueError):  # the disk is full, or the figure closed it
        sys.stdout.flush()
    with suppress(OSError), Path(scratch, OUTPUT).open("rb") as output:
        size = os.fstat(output.fileno()).st_size
        output.seek(max(0, size - TAIL))
        cut = "… " if size > TAIL else ""
        return cut + output.read().decode(errors="replace").strip()
    return ""


def _run_figure(job: Job) -> Files:
    module = figure_module(job.figure.path)
    if job.product == "measure":
        return {"npz": pack(module.measure())}
    ink = INKS[job.product]
    data = unpack(job.data)
    if job.figure.kind == "still":
        files = still(module, ink, data, job.figure.size)
        if job.product == "dark":
            del files["png"]  # to download there is one, on white paper
        return files
    return motion(module, ink, data, Path(tempfile.gettempdir()), draft=job.draft)


def _check_left_files(job: Job, scratch: str) -> None:
    """What a figure writes into its folder is lost with it: it is told so."""
    if left := set(os.listdir(scratch)) - {OUTPUT, TEMPORARY}:
        message = f"{job.product}: {min(left)} would be lost. Return it from measure()."
        raise Fault(job.figure.path, 1, message)


def _redirect_output() -> None:
    with open(OUTPUT, "wb") as output:
        for stream in (1, 2):
            os.dup2(output.fileno(), stream)


def _set_limits(figure: Figure) -> None:
    """Limits of processor time, memory and files, which the system itself holds a process to."""
    seconds = math.ceil(figure.timeout)
    memory = int(figure.memory * 2**20)
    limits = {
        resource.RLIMIT_CPU: (seconds, seconds + 1),  # at the second a deaf process is killed
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_FSIZE: (LARGEST_FILE, LARGEST_FILE),
    }
    for kind, most in limits.items():
        with suppress(ValueError, OSError):  # macOS refuses some, and a lower one may be inherited
            resource.setrlimit(kind, most)


def _die_with(parent: Any) -> None:
    """Kill this process and all that it has started, once the build that wanted it is gone."""
    parent.join()
    os.killpg(0, signal.SIGKILL)
