"""The inventory: what figures there are, what each is made from, and what is in stock.

`catalog` reads the figures' files without running them, `fingerprint` tells what each picture is
made from, by one digest for each input, and the `store` keeps what was made by all of them.
"""
