"""The inventory: what figures there are, what each is made from, and what is in stock.

`catalog` reads the figures' files without running them, `fingerprint` tells what each picture is
made from, down to what a function can `reach`, and the `store` keeps it under the digest of all
that. `faults` are told in words that say what to do, `files` are whole at any moment.
"""
