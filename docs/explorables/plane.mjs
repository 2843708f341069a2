// A plane of data inside the picture, and marks on it as in the stills (src/inks/stills/marks.py).
// A mark's role names its colour; widths and radii are in points, as matplotlib has them.

export const shown = (value, places = 2) =>
  (+value.toFixed(places) + 0).toFixed(places).replace("-", "−")  // and no −0

const near = (v) => Math.max(-9999, Math.min(9999, v)).toFixed(2)

// `view` is x₀, x₁, y₀, y₁; the box is left, top, width, height in the picture's points.
export function plane([x0, x1, y0, y1], [left, top, width, height]) {
  const x = (v) => left + ((v - x0) / (x1 - x0)) * width
  const y = (v) => top + ((y1 - v) / (y1 - y0)) * height
  const along = (points) =>
    `d="M${points.map(([a, b]) => `${near(x(a))},${near(y(b))}`).join("L")}"/>`
  const path = (points, role, width = 1.8, dash = "") =>
    `<path class="line ${role}" stroke-width="${width}" stroke-dasharray="${dash}" ${along(points)}`
  const area = (points, role, opacity = 1) =>
    `<path class="area ${role}" fill-opacity="${opacity}" ${along(points)}`
  const dots = (points, role, r, width = 0, dash = "") => points.map(([a, b]) =>
    `<circle class="area ${role}" stroke-width="${width}" stroke-dasharray="${dash}" ` +
    `cx="${near(x(a))}" cy="${near(y(b))}" r="${r}"/>`).join("")
  const text = (words, [a, b], look = "", [dx, dy] = [0, 0]) => words && words.split("\n")
    .map((line, i) => `<text class="${look}" x="${near(x(a) + dx)}" ` +
      `y="${near(y(b) + dy + 10.5 * i)}">${line}</text>`).join("")
  const polar = ([a, b], r, degrees) =>
    [a + r * Math.cos((degrees * Math.PI) / 180), b + r * Math.sin((degrees * Math.PI) / 180)]

  const own = {
    path, area, dots, text,
    closed: (points, ...look) => path([...points, points[0]], ...look),
    place: ([a, b]) => [x(a), y(b)],
    back: (px, py) =>
      [x0 + ((px - left) / width) * (x1 - x0), y1 - ((py - top) / height) * (y1 - y0)],
    pair: (name, at, symbol, label, look) => ({  // a handle of two coordinates
      plane: own, at, of: [`${name}_1`, `${name}_2`], label, look,
      text: at.map((v, i) => `${symbol}${"₁₂"[i]} ${shown(v)}`).join(", "),
      take: (a, b) => ({[`${name}_1`]: a, [`${name}_2`]: b}),
    }),
    axes: (across = "", up = "") =>
      path([[x0, 0], [x1, 0]], "muted", 0.7) + path([[0, y0], [0, y1]], "muted", 0.7) +
      text(across, [x1, 0], "end name", [-2, 11.9]) + text(up, [0, y1], "end name", [-4, 8.9]),
    cone: (tip, radius, label = "", half = 45, axis = 45) => {
      const arc = (r, middle) =>
        Array.from({length: 33}, (_, i) => polar(tip, r, middle + (i / 16 - 1) * half))
      const down = label.includes("\n") ? -2.6 : 2.7, rim = near(x(0.05 * radius) - x(0))
      return [axis, axis + 180].map((middle) => area([tip, ...arc(radius, middle)], "cone", 0.12) +
        path(arc(0.975 * radius, middle), "cone", rim, "0.5 2.6")).join("") +
        text(label, polar(tip, 0.55 * radius, axis + 180), "middle cone", [0, down])
    },
    start: (at) => dots([at], "ring", 3.5, 1.4) + text("start", at, "", [7, 12.9]),
    star: (at) => area(Array.from({length: 10}, (_, i) =>
      polar(at, ((i % 2 ? 2.86 : 7.5) * (x1 - x0)) / width, 90 + 36 * i)), "goal edge") +
      text("goal", at, "end goal", [-11, 2.7]),
  }
  return own
}
