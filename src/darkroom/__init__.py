"""The darkroom: brings the pictures of all figures up to date, and proves that they are.

In the order in which a figure passes through it: `figure` reads its file without running it;
`inputs` says what each of its products depends on (`reach` what of the file, `hashing` the
digests); `cache` keeps what was made; `build` hands out what is stale as jobs, each done by `job`
in a `process` of its own or on a `cluster`, where `render` draws; `results` is what a build
returns, and `cite` fills in the numbers of its words. `check` proves it all, `cli` commands it.
"""
