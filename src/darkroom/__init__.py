"""The darkroom: brings the pictures of all figures up to date, and proves that they are.

In the order in which a figure passes through it: `figure` reads its file without running it, and
checks its constants by their `shapes`; `inputs` says what each of its products depends on (`reach`:
what of a file counts, `hashing`: the digests); `build` loads what the `cache` has, and hands out
the rest as jobs, each in a `sandbox`, a process of its own (its `forkserver` sets the threads),
here or on a `cluster`. There `job` does it: `render` draws, with the `camera` for motions, and
`reads` records what was read. `progress` holds what is made of a figure until all is there, `cite`
fills in the numbers of its words, and `results` is what a build returns. `check` proves it all,
`cli` is the command line. (`data`: what was measured, packed; `themes`, `files` and `errors` are
shared.)
"""
