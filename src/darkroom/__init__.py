"""The darkroom: turns a figure file into light and dark pictures, data, and the HTML that shows it.

In the order in which a figure passes: `catalog` reads the files without running them,
`fingerprint` decides what is stale, `render` makes one picture in a process of its own, `build`
hands the jobs out and keeps what comes back, `markup` turns references on a page into HTML.
`cli` is the command line. No room knows which generator will show the pictures.
"""
