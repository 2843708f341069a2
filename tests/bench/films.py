"""A motion of 12 s at 720p: its whole time against that of encoding the same frames again.

The same encoder with the same settings, on frames that are decoded beforehand. The rest is the
start of the process, what imports cost, and drawing.
"""

import io
import tempfile
import time
from pathlib import Path

import av
from bench import most
from projects import MOTION, Project

from inks.palette import THEMES

SECONDS = most(12, 1)


def encoded(film: bytes) -> float:
    """Seconds to encode a film's frames once more, one thread; decoding them does not count."""
    spent, count = 0.0, 0
    with av.open(io.BytesIO(film)) as source, av.open(io.BytesIO(), "w", format="mp4") as out:
        video = source.streams.video[0]
        options = {"an": "1", "crf": "23", "threads": "1"}  # manim's, and ours
        stream = out.add_stream("libx264", rate=video.average_rate, options=options)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for frame in source.decode(video):
            array = frame.to_ndarray(format="rgba")
            start = time.perf_counter()
            out.mux(stream.encode(av.VideoFrame.from_ndarray(array, format="rgba")))
            spent, count = spent + time.perf_counter() - start, count + 1
        start = time.perf_counter()
        out.mux(stream.encode())
        spent += time.perf_counter() - start
    assert (video.width, video.height) == (1280, 720) and count >= SECONDS * 30 - 2, count
    return spent


def main() -> None:
    """One motion, both themes: the time of one job is half of the drawing's."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.figure("dot", MOTION.replace("run_time=0.2", f"run_time={SECONDS}"))
        result, _ = project.build("dot")
        long = result.figures["dot"]
        alone = encoded(long.files["light.mp4"])
        project.figure("dot", MOTION.replace("run_time=0.2", "run_time=0.04"))
        short = project.build("dot")[0].figures["dot"]
    total, start = (sum(m.seconds[t] for t in THEMES) / 2 for m in (long, short))
    print(f"a motion of {SECONDS} s at 720p, seconds a theme: {total:.2f}")
    print(
        f"  encoding its frames alone {alone:.2f}, so the whole is {total / alone:.1f} times that"
    )
    print(f"  start, imports and first frame {start:.2f}; drawing {total - start - alone:.2f}")


if __name__ == "__main__":
    main()
