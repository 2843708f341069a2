"""The same jobs on a dask cluster: sources travel to the workers, results come back as bytes.

A worker may be daemonic, and then must not fork pools; so every job is a subprocess of its worker,
in a session of its own, and runs the travelled sources. No disk is shared.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from darkroom.catalog import Fault
from darkroom.process import Made, died, kill, perform
from darkroom.render import Job


@contextmanager
def executor(address: str) -> Iterator[Executor]:
    """The cluster whose scheduler is at `address`, as an executor; a lost job is repeated."""
    try:
        from distributed import Client
    except ImportError:
        hint = "install dask: pip install 'parallel-parking[cluster]'"
        raise LookupError(f"--scheduler needs a library that is not here; {hint}") from None
    try:
        client = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise LookupError(f"no scheduler answers at {address}: {error}") from None
    with client:
        yield client.get_executor(retries=2, pure=False)  # type: ignore[no-untyped-call]


def sources(root: Path) -> dict[str, bytes]:
    """What a job may import or read: the files in figures/ and src/."""
    files = (p for folder in ("figures", "src") for p in (root / folder).rglob("*"))
    kept = (path for path in files if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(root)): path.read_bytes() for path in kept}


def expose(job: Job, sources: Mapping[str, bytes]) -> Made:
    """Do one job on a worker; a `Fault` says how it failed, in terms of the sender's files."""
    with tempfile.TemporaryDirectory(prefix="darkroom-", ignore_cleanup_errors=True) as folder:
        root, scratch = Path(folder, "project"), Path(folder, "scratch")
        for name, content in sources.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        scratch.mkdir()
        here = replace(job, root=root, path=root / job.path.relative_to(job.root))
        Path(folder, "job").write_bytes(pickle.dumps(here))
        environment = os.environ | {"PYTHONPATH": str(root / "src")}
        command = [sys.executable, "-m", "darkroom.cluster", folder]
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        code = None
        try:
            with suppress(subprocess.TimeoutExpired):
                code = process.wait(job.timeout)
        finally:
            kill(process.pid)
            process.wait()
        answer: Made | Fault
        try:
            answer = pickle.loads(Path(folder, "answer").read_bytes())
        except OSError:
            answer = died(job, code, str(scratch))
        if isinstance(answer, Fault):
            told = answer.details.replace(str(root), str(job.root))
            raise Fault(job.path, answer.line, answer.message, told)
        return answer


def main(folder: str) -> None:
    """What the subprocess does."""
    job: Job = pickle.loads(Path(folder, "job").read_bytes())
    answer = perform(job, str(Path(folder, "scratch")))
    draft = Path(folder, "answer.draft")
    draft.write_bytes(pickle.dumps(answer))
    draft.rename(Path(folder, "answer"))


if __name__ == "__main__":
    main(sys.argv[1])
