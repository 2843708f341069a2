"""The same jobs on a dask cluster: sources travel to the workers, results come back as bytes.

A worker may be daemonic, and then must not fork; so it starts a Python of its own for every job,
which runs the travelled sources. No disk is shared.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from darkroom import process
from darkroom.catalog import Fault
from darkroom.process import Exposure, Made, Submit


@contextmanager
def cluster(address: str, root: Path) -> Iterator[Submit]:
    """While it lasts, jobs can be handed to the workers of a scheduler; a lost job is repeated."""
    try:
        from distributed import Client

        client = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except ImportError:
        hint = "install dask: pip install 'parallel-parking[cluster]'"
        raise LookupError(f"--scheduler needs a library that is not here; {hint}") from None
    except (OSError, ValueError) as error:
        raise LookupError(f"no scheduler answers at {address}: {error}") from None
    files = (path for folder in ("figures", "src") for path in (root / folder).rglob("*.*"))
    kept = (path for path in files if path.is_file() and "__pycache__" not in path.parts)
    sources = {str(path.relative_to(root)): path.read_bytes() for path in kept}
    with client:
        executor = client.get_executor(retries=2, pure=False)  # type: ignore[no-untyped-call]
        yield partial(executor.submit, expose, sources)


def expose(sources: dict[str, bytes], job: Exposure) -> Made:
    """Do one job on a worker; a `Fault` says how it failed, in terms of the sender's files."""
    with tempfile.TemporaryDirectory(prefix="darkroom-") as folder:
        root, path = Path(folder).resolve(), job.figure.path.relative_to(job.root)
        for name, content in sources.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        here = replace(job, root=root, figure=replace(job.figure, path=root / path))
        modules = os.pathsep.join(filter(None, [f"{root}/src", os.environ.get("PYTHONPATH")]))
        done = subprocess.run(
            [sys.executable, "-m", "darkroom.cluster"],
            input=pickle.dumps(here),
            capture_output=True,
            env=os.environ | {"PYTHONPATH": modules},
        )
        if done.returncode:
            raise Fault(job.figure.path, 1, "its worker failed", done.stderr.decode())
        answer: Made | Fault = pickle.loads(done.stdout)
        if isinstance(answer, Fault):
            told = answer.details.replace(str(root), str(job.root))
            raise Fault(job.figure.path, answer.line, answer.message, told)
        return answer


if __name__ == "__main__":
    job: Exposure = pickle.load(sys.stdin.buffer)
    with process.server(1, job.figure.kind == "motion"):
        try:
            made: Made | Fault = process.expose(job)
        except Fault as fault:
            made = fault
    sys.stdout.buffer.write(pickle.dumps(made))
