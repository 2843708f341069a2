"""The darkroom: turns a figure's file into light and dark pictures, data, and HTML that shows it.

In the order in which a figure passes: `catalog` reads the files without running them,
`fingerprint` decides what is stale; a `job` makes one picture by `render`, in a `process` of its
own, here or on a `cluster`; `build` hands the jobs out, keeps in the `store` what comes back, and
brings home an `album` of prints; `markup` turns references on a page into HTML, `cite` its numbers.
`check` proves it all, `cli` commands it.
"""
