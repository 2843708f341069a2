"""The darkroom: brings the pictures of all figures up to date, and proves that they are.

What is stale by the `inventory`, `build` hands out to the `workshop`; it brings home an `album` of
prints, in whose words `cite` fills in the numbers. `check` proves it all, `cli` commands it.
"""
