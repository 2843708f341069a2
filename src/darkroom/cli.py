"""The command line: `darkroom build`, `list`, `why`, `check`, `clean`."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from darkroom.build import Darkroom
from darkroom.errors import Fault, Mistake
from darkroom.files import replace

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


def _end(faults: Iterable[str], *, good: bool = True) -> None:
    """Print all faults, and leave with 1 if there are any, or if it is not good."""
    messages = [*faults]
    for message in messages:
        click.echo(message, err=True)
    sys.exit(bool(messages) or not good)


class Guarded(click.Group):
    """Commands whose wrong names are the user's error, and are told without a traceback."""

    def invoke(self, context: click.Context) -> None:
        try:
            super().invoke(context)
        except Mistake as error:
            raise click.UsageError(str(error)) from None
        except (Fault, OSError) as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Guarded)
@click.option("--root", type=FOLDER, default=".", help="The folder with figures/ in it.")
@click.option("--store", type=FOLDER, help="Keep pictures here.")
@click.option(
    "--workers", type=click.IntRange(0), default=0, help="Jobs at once; as many as cores, if 0."
)
@click.option("--order", type=int, default=0, help="Seed of a random order of the jobs.")
@click.pass_context
def main(context: click.Context, root: Path, store: Path, workers: int, order: int) -> None:
    """Turn the files in figures/ into pictures, light and dark."""
    if not (root / "figures").is_dir():
        raise click.UsageError(f"{root.resolve()} has no folder figures/. Name one with --root.")
    context.obj = Darkroom(root, store=store, workers=workers, order=order)


@main.command()
@click.argument("names", nargs=-1)
@click.option("--out", type=FOLDER, help="Copy them there.")
@click.option("--scheduler", default="", help="A dask scheduler, as tcp://host:8786.")
@click.pass_obj
def build(darkroom: Darkroom, names: tuple[str, ...], out: Path | None, scheduler: str) -> None:
    """Render the figures NAMES, or all, where stale; write them and a manifest to OUT."""
    result = darkroom.build(names, click.echo, scheduler)
    if out:
        result.publish(out)
    click.echo(result.summary())
    click.echo(f"{len(result.figures)} figures are up to date, {len(result.faults)} failed")
    _end(result.fault_messages())


@main.command("list")
@click.pass_obj
def list_(darkroom: Darkroom) -> None:
    """Name every figure and its claim, without running any."""
    figures, faults = darkroom.catalog()
    for name, figure in figures.items():
        click.echo(f"{name:24} {figure.kind:7} {figure.claim}")
    _end(map(str, faults.values()))


@main.command()
@click.argument("name")
@click.pass_obj
def why(darkroom: Darkroom, name: str) -> None:
    """Say what made the figure NAME stale, or that it is fresh."""
    click.echo(darkroom.why(name))


@main.command()
@click.argument("names", nargs=-1)
@click.option("--accept", is_flag=True, help="Renew the small copies in tests/baseline.")
@click.option("--baseline", type=FOLDER, help="Compare with these copies; also with the accepted.")
@click.option("--report", type=FILE, help="Write it here, and not to .cache/report.html.")
@click.option("--summary", type=FILE, help="Append a table in Markdown.")
@click.pass_obj
def check(
    darkroom: Darkroom,
    names: tuple[str, ...],
    accept: bool,
    baseline: Path | None,
    report: Path | None,
    summary: Path | None,
) -> None:
    """Render the figures NAMES, or all, from nothing, compare, and write an HTML report."""
    from darkroom import check as proof  # brings a video decoder along

    result = darkroom.build(names, click.echo)
    if accept:
        proof.accept(result)
    verdicts = proof.check(darkroom, result, names, baseline)
    report = report or darkroom.root / ".cache" / "report.html"
    replace(report, proof.report(verdicts).encode())
    if summary:
        with summary.open("a", encoding="utf-8") as file:
            file.write(proof.markdown(verdicts))
    click.echo(proof.markdown(verdicts) + f"The report is {report}.")
    _end(result.fault_messages(), good=all(verdict.good for verdict in verdicts))


@main.command()
@click.option("--all", "everything", is_flag=True, help="Not only what exceeds the limit.")
@click.pass_obj
def clean(darkroom: Darkroom, everything: bool) -> None:
    """Prune the cache to its limit, the most recently used pictures last."""
    cache = darkroom.store
    deleted = cache.prune(0) if everything else cache.prune()
    click.echo(f"{deleted:,} bytes removed from {cache.folder}")
