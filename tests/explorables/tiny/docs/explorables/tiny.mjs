// All that a new explorable needs beside what its figure's file says.

import {detour} from "./core.mjs"
import {explore} from "./figure.mjs"
import {plane, shown} from "./plane.mjs"

explore("tiny", {
  draw({dot_1, dot_2}, measured, size) {
    const p = plane(measured.view, [0, 0, ...size]), dot = [dot_1, dot_2]
    return {
      svg: p.axes("w₁", "w₂") + p.path([[0, 0], dot], "raw") + p.start([0, 0]) +
        p.dots([dot], "raw", 3.5),
      sentence: `It is ${shown(detour(dot))} away, along the axes.`,
      python: `from zigzag import cone\n\nprint(cone.detour([${dot}]))\n`,
      handles: {dot: p.pair("dot", dot, "w", "Dot")},
    }
  },
})
