"""The bindery: binds the generator's pages and the darkroom's pictures into what a reader opens.

In the order in which a site passes: `new` begins a figure's file. `mkdocs` is the thin adapter to
the site generator, the only file that imports it; it tells `binder` of each event. The theme's
`templates` are compiled ahead. A page is set with figures and numbers by `markup`, its `formulas`
as MathML, its `sources` cited, the `gallery` filled in, its `explorables` ready to play and the
`lab` lean. A finished page has its `pages`' faults mended, a `head` that agrees with its
`citation`, small pictures from `cards`, and a `policy`. The whole site gets its `search` and one
`lean` sheet of its `styles`, and `exchange` hangs it at one stroke. What takes long is made `once`.
`bundle` packs the site for a folder; `book` prints it, through `chromium`. What works on finished
pages works on any generator's.
"""
