// A plane of data inside the picture, and marks on it as the stills have them (src/inks/marks.py).
// A mark's `role` names its colour; widths and radii are in points, as matplotlib has them.

export function shown(value, places = 2) {
  const rounded = +value.toFixed(places) + 0  // no −0
  return rounded.toFixed(places).replace("-", "−")
}

const near = (v) => Math.max(-9999, Math.min(9999, v)).toFixed(2)  // off the picture is off

// `view` is x₀, x₁, y₀, y₁; the box is left, top, width, height in the picture's points.
export function plane([x0, x1, y0, y1], [left, top, width, height]) {
  const x = (v) => left + ((v - x0) / (x1 - x0)) * width
  const y = (v) => top + ((y1 - v) / (y1 - y0)) * height
  const along = (points) => `d="M${points.map(([a, b]) => `${near(x(a))},${near(y(b))}`).join("L")}"`

  const path = (points, role, width = 1.8, dash = "") =>
    `<path class="line ${role}" stroke-width="${width}" stroke-dasharray="${dash}" ${along(points)}/>`
  const area = (points, role, opacity = 1) =>
    `<path class="area ${role}" fill-opacity="${opacity}" ${along(points)}/>`
  const dots = (points, role, r, width = 0, dash = "") => points.map(([a, b]) =>
    `<circle class="area ${role}" stroke-width="${width}" stroke-dasharray="${dash}" ` +
      `cx="${near(x(a))}" cy="${near(y(b))}" r="${r}"/>`).join("")
  const text = (words, [a, b], look = "", [dx, dy] = [0, 0]) => words.split("\n").map((line, i) =>
    `<text class="${look}" x="${near(x(a) + dx)}" y="${near(y(b) + dy + 10.5 * i)}">${line}</text>`
  ).join("")

  const wedge = ([a, b], radius, middle, half) => {
    const arc = (r) => Array.from({length: 33}, (_, i) => {
      const turn = ((middle + (i / 16 - 1) * half) * Math.PI) / 180
      return [a + r * Math.cos(turn), b + r * Math.sin(turn)]
    })
    const edge = 0.05 * radius
    return area([[a, b], ...arc(radius)], "cone", 0.12) +
      path(arc(radius - edge / 2), "cone", near(x(edge) - x(0)), "0.5 2.6")
  }

  const own = {
    path, area, dots, text,
    pair: (name, at, symbol, label, look) => ({  // a handle of two coordinates
      plane: own, at, of: [`${name}_1`, `${name}_2`], label, look,
      text: at.map((v, i) => `${symbol}${"₁₂"[i]} ${shown(v)}`).join(", "),
      take: (a, b) => ({[`${name}_1`]: a, [`${name}_2`]: b}),
    }),
    place: ([a, b]) => [x(a), y(b)],
    back: (px, py) =>
      [x0 + ((px - left) / width) * (x1 - x0), y1 - ((py - top) / height) * (y1 - y0)],
    axes: (names) => path([[x0, 0], [x1, 0]], "muted", 0.7) + path([[0, y0], [0, y1]], "muted", 0.7) +
      names.map((name, i) => text(name, i ? [0, y1] : [x1, 0], "end name", i ? [-4, 8.9] : [-2, 11.9]))
        .join(""),
    cone: (tip, radius, label = "", half = 45, axis = 45) => {
      const turn = (axis * Math.PI) / 180, back = 0.55 * radius
      return wedge(tip, radius, axis, half) + wedge(tip, radius, axis + 180, half) +
        (label && text(label, [tip[0] - back * Math.cos(turn), tip[1] - back * Math.sin(turn)],
          "middle cone", [0, label.includes("\n") ? -2.6 : 2.7]))
    },
    start: (at) => dots([at], "ring", 3.5, 1.4) + text("start", at, "", [7, 12.9]),
    star: (at) => {
      const points = Array.from({length: 10}, (_, i) => {
        const r = ((i % 2 ? 2.86 : 7.5) * (x1 - x0)) / width, turn = (Math.PI * i) / 5
        return [at[0] + r * Math.sin(turn), at[1] + r * Math.cos(turn)]
      })
      return area(points, "goal edge") + text("goal", at, "end goal", [-11, 2.7])
    },
  }
  return own
}
