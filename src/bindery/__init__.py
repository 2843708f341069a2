"""The bindery: binds the generator's pages and the darkroom's pictures into what a reader opens.

In the order in which a site passes: `new` begins a figure's file; `mkdocs` is the thin adapter to
the site generator, the only file that imports it; `lab` mends the notebook's page; `exchange` hangs
the finished site at one stroke; `bundle` packs it for a folder, `book` prints it. What works on
built pages works on any generator's.
"""
