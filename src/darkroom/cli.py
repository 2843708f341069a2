"""The command line: `darkroom build`, `list`, `why`."""

import sys
from pathlib import Path

import click
from rich.console import Console

from darkroom.build import Darkroom
from darkroom.store import replace


@click.group()
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The project's folder: the one with figures/ in it.",
)
@click.option("--store", type=click.Path(path_type=Path), help="Keep pictures here.")
@click.option("--workers", type=int, default=0, help="Jobs at once; as many as cores, if 0.")
@click.option("--order", type=int, default=0, help="Seed of a random order of the jobs.")
@click.pass_context
def main(context: click.Context, root: Path, store: Path, workers: int, order: int) -> None:
    """Turn the files in figures/ into pictures, light and dark."""
    if not (root / "figures").is_dir():
        raise click.UsageError(f"{root.resolve()} has no folder figures/. Name one with --root.")
    context.obj = Darkroom(root, store=store, workers=workers, order=order)


@main.command()
@click.argument("names", nargs=-1)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Copy them there.")
@click.option("--scheduler", default="", help="A dask scheduler, as tcp://host:8786.")
@click.pass_obj
def build(room: Darkroom, names: tuple[str, ...], out: Path | None, scheduler: str) -> None:
    """Render the figures NAMES, or all, where stale; write them and a manifest to OUT."""
    try:
        album = room.build(names, click.echo, scheduler)
    except LookupError as error:
        raise click.UsageError(str(error)) from None
    if out:
        for name, content in {**album.files(), "figures.json": album.manifest()}.items():
            replace(out / name, content)
    for fault in album.faults.values():
        click.echo(f"\n{fault}", err=True)
    Console().print(album.summary())
    click.echo(f"{len(album.prints)} figures are up to date, {len(album.faults)} failed")
    sys.exit(bool(album.faults))


@main.command("list")
@click.pass_obj
def list_(room: Darkroom) -> None:
    """Name every figure and its claim, without running any."""
    figures, faults = room.catalog()
    for name, figure in figures.items():
        click.echo(f"{name:24} {figure.kind:7} {figure.claim}")
    for fault in faults:
        click.echo(str(fault), err=True)
    sys.exit(bool(faults))


@main.command()
@click.argument("name")
@click.pass_obj
def why(room: Darkroom, name: str) -> None:
    """Say what made the figure NAME stale, or that it is fresh."""
    try:
        click.echo(room.why(name))
    except LookupError as error:
        raise click.UsageError(str(error)) from None


@main.command()
@click.option("--accept", is_flag=True, help="Renew the small copies in tests/baseline.")
@click.option("--report", "path", type=click.Path(path_type=Path), default=".cache/report.html")
@click.option("--summary", type=click.Path(path_type=Path), help="Append a table in Markdown.")
@click.pass_obj
def check(room: Darkroom, accept: bool, path: Path, summary: Path | None) -> None:
    """Render everything from nothing, compare, and write an HTML report."""
    from darkroom import check as proof  # brings a video decoder along

    reasons = {name: room.why(name) for name in room.catalog()[0]}
    album = room.build(report=click.echo)
    verdicts = proof.check(room, album, reasons, accept=accept)
    replace(path, proof.report(verdicts).encode())
    if summary:
        with summary.open("a", encoding="utf-8") as file:
            file.write(proof.markdown(verdicts))
    for fault in album.faults.values():
        click.echo(f"\n{fault}", err=True)
    click.echo(proof.markdown(verdicts) + f"The report is {path}.")
    sys.exit(bool(album.faults) or not all(verdict.good for verdict in verdicts))


@main.command()
@click.option("--all", "everything", is_flag=True, help="Not only what exceeds the limit.")
@click.pass_obj
def clean(room: Darkroom, everything: bool) -> None:
    """Prune the cache to its limit, the most recently used pictures last."""
    gone = room.store.prune(0) if everything else room.store.prune()
    click.echo(f"{gone:,} bytes removed from {room.store.folder}")
