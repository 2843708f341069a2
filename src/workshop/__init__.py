"""The workshop: makes one picture, and cannot be hurt by it.

`render` makes what a figure measures or draws; a `job` does it within limits, watched, in a
`process` of its own that can be killed whole, here or at a worker of a `cluster`.
"""
