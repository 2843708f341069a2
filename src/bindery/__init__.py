"""The bindery: pages of Markdown and the darkroom's figures become the site.

`mkdocs` is the plugin of the site generator, and the only file that imports it; `site_build` does
what a build needs without it. Otherwise in the order of a build:

- `markdown/` sets pages: `figures` and numbers, live pictures (`explorables`), `formulas`,
  citations (`bibliography`), and what nobody writes (`gallery`): all figures, all numbers,
  the argument's pages.
- `pages/` finishes them: the `notebook`, the `head`, the `csp` (security policy), `theme_fixes`,
  and for the whole site `search`.
- `exchange` puts the finished site in the place of the last one.
- `export/` packs it: `zip` for those off line, `pdf` for paper.

Beside them, `new` begins a figure's file, `citation` reads `CITATION.cff`, `chromium` finds the
browser, and `cached` keeps what takes long to make.
"""
