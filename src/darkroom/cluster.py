"""The same jobs on a dask cluster: sources travel to the workers, results come back as bytes.

A worker may be daemonic, and then must not fork; so it starts a Python of its own for every job,
which runs the travelled sources. No disk is shared.
"""

import io
import os
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from darkroom.errors import Fault, Mistake
from darkroom.files import SCRATCH
from darkroom.inputs import HOUSE, ModuleGraph, changed, needs
from darkroom.job import Job, JobResult
from darkroom.sandbox import Submit, sandbox

UNSENT = {"site", "dist", "node_modules", "__pycache__"}  # folders whose files are no sources


@contextmanager
def cluster(address: str, root: Path) -> Iterator[Submit]:
    """While it lasts, jobs can be handed to the workers of a scheduler; it repeats a lost one."""
    try:
        from distributed import Client
    except ImportError:
        hint = "install dask: pip install 'parallel-parking[cluster]'"
        raise Mistake(f"--scheduler needs a library that is not here; {hint}") from None
    packed = _packed(root)
    with ExitStack() as stack:
        try:
            client = stack.enter_context(Client(address, timeout="10s"))
            sources = client.scatter(packed, broadcast=True)
        except (OSError, ValueError) as error:
            raise Mistake(f"no scheduler with workers answers at {address}: {error}") from None
        yield partial(client.get_executor(pure=False).submit, run_on_worker, sources)


def _packed(root: Path) -> bytes:
    """The files of the project as a zip, but for what is hidden and what was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for folder, inner, names in os.walk(root):
            inner[:] = [name for name in inner if _travels(name)]
            for name in filter(_travels, names):
                path = Path(folder, name)
                if path.is_file():  # and no link to what is gone, say
                    archive.write(path, path.relative_to(root))
    return out.getvalue()


def _travels(name: str) -> bool:
    """Whether a file or a folder of this name is neither hidden nor made."""
    return not name.startswith(".") and name not in UNSENT


def run_on_worker(sources: bytes, job: Job) -> JobResult | Fault:
    """Do one job on a worker: what it made, or how it failed, in terms of the sender's files."""
    with tempfile.TemporaryDirectory(prefix=SCRATCH) as folder:
        root = Path(folder).resolve()
        zipfile.ZipFile(io.BytesIO(sources)).extractall(root)
        path = root / job.figure.path.relative_to(job.root)
        here = job._replace(root=root, figure=replace(job.figure, path=path))
        modules = f"{root}/src"
        if others := os.environ.get("PYTHONPATH"):
            modules += os.pathsep + others
        done = subprocess.run(
            [sys.executable, "-m", "darkroom.cluster"],
            input=pickle.dumps(here),
            capture_output=True,
            env=os.environ | {"PYTHONPATH": modules},
        )
        if done.returncode:
            return Fault(job.figure.path, 1, "its worker failed", done.stderr.decode())
        answer: JobResult | Fault = pickle.loads(done.stdout)
        if isinstance(answer, Fault):
            answer.path = Path(str(answer.path).replace(str(root), str(job.root)))
            answer.details = answer.details.replace(str(root), str(job.root))
        return answer


def at_worker(job: Job) -> JobResult | Fault:
    """Do a job here if what it depends on is here what it is where it came from."""
    modules = ModuleGraph(job.root / "src", HOUSE)
    here = needs(job.figure, modules)[job.product]
    if others := changed(here, job.inputs):
        message = f"a worker has another {', '.join(others)}"
        return Fault(job.figure.path, 1, message)
    with sandbox(1, job.figure.kind == "motion") as submit:
        return submit(job).result()


if __name__ == "__main__":
    answer = at_worker(pickle.load(sys.stdin.buffer))
    sys.stdout.buffer.write(pickle.dumps(answer))
