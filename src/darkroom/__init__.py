"""The darkroom: turns a figure's file into light and dark pictures, data, and HTML that shows it.

In the order in which a figure passes: `catalog` reads the files without running them,
`fingerprint` decides what is stale, `render` makes one picture, in a `process` of its own, here or
on a `cluster`; `build` hands the jobs out and keeps in the `store` what comes back; `markup` turns
references on a page into HTML, `cite` its numbers. `check` proves it all, `cli` commands it.
"""
