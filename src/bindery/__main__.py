"""`python -m bindery …`: a first draft of a figure; the built site on paper, and off line."""

from pathlib import Path

import click

from bindery.citation import NAME
from bindery.export.zip import bundle
from bindery.new import new_figure
from darkroom.cli import Guarded
from darkroom.files import replace


@click.group(cls=Guarded)
def main() -> None:
    """Begin a figure, or bind the built site for those who cannot or will not be on line."""


@main.command("new-figure")
@click.argument("name")
@click.option("--motion", is_flag=True, help="A motion, not a still.")
def new_figure_(name: str, motion: bool) -> None:
    """Lay out a figure's file that renders as it stands."""
    try:
        path = new_figure(Path("figures"), name, motion=motion)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Edit {path}, see it by make figure NAME={name}, and show it on a page by a line")
    click.echo(f"  ![](figure:{name})")


@main.command("bundle")
def bundle_() -> None:
    """One zip that opens from a folder by double click."""
    _keep(Path(f"dist/{NAME}.zip"), bundle(_site()))


@main.command()
def book() -> None:
    """One PDF with the whole argument in reading order."""
    from bindery.export.pdf import book as printed  # brings the browser's driver along

    _keep(Path(f"dist/{NAME}.pdf"), printed(_site()))


def _site() -> Path:
    if not Path("site/index.html").is_file():
        raise click.UsageError("there is no site/ to bind. Run make site first.")
    return Path("site")


def _keep(path: Path, content: bytes) -> None:
    replace(path, content)
    click.echo(f"{path}: {len(content):,} bytes")


main()
