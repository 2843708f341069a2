"""A figure as the gallery shows it: small, and soon there."""

import io

SIZE = (560, 380)  # pixels, at most


def thumbnail(picture: bytes) -> bytes:
    """A figure, a PNG, as a small AVIF."""
    from PIL import Image  # not needed where all are made already

    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.thumbnail(SIZE, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "AVIF", quality=55, max_threads=1)
    return out.getvalue()
