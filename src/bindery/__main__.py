"""`python -m bindery book` and `… bundle`: the built site on paper, and off line."""

from pathlib import Path

import click

from bindery.bundle import NAME, bundle
from darkroom.store import replace


@click.group()
def main() -> None:
    """Bind the built site in site/ for those who cannot or will not be on line."""
    if not Path("site/index.html").is_file():
        raise click.UsageError("there is no site/ to bind. Run make site first.")


@main.command("bundle")
def bundle_() -> None:
    """One zip that opens from a folder by double click."""
    _keep(Path(f"dist/{NAME}.zip"), bundle(Path("site")))


@main.command()
def book() -> None:
    """One PDF with the whole argument in reading order."""
    from bindery.book import book as printed  # brings the browser's driver along

    _keep(Path(f"dist/{NAME}.pdf"), printed(Path("site")))


def _keep(path: Path, content: bytes) -> None:
    replace(path, content)
    click.echo(f"{path}: {len(content):,} bytes")


main()
