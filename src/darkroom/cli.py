"""The command line: `darkroom build`, `list`, `why`."""

import sys
from pathlib import Path

import click

from darkroom.build import Darkroom
from darkroom.store import replace


@click.group()
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The project's folder: the one with figures/ in it.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Turn the files in figures/ into pictures, light and dark."""
    if not (root / "figures").is_dir():
        raise click.UsageError(f"{root.resolve()} has no folder figures/. Name one with --root.")
    context.obj = Darkroom(root)


@main.command()
@click.argument("names", nargs=-1)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Copy them there.")
@click.pass_obj
def build(room: Darkroom, names: tuple[str, ...], out: Path | None) -> None:
    """Render the figures NAMES, or all, where they are stale."""
    try:
        album = room.build(names, click.echo)
    except LookupError as error:
        raise click.UsageError(str(error)) from None
    if out:
        for name, content in album.files().items():
            replace(out / name, content)
    for fault in album.faults.values():
        click.echo(f"\n{fault}", err=True)
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
