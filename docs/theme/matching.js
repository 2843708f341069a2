// What a query finds: words as they are spelled in London or in New York, hyphened, joined, in
// Greek, in the plural, or with one slip of the finger.
// A classic script, loaded when somebody searches: a folder lets no page import a module.

globalThis.matching = (() => {
  const GREEK = ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi " +
    "omicron pi rho sigma sigma tau upsilon phi chi psi omega").split(" ")  // α to ω, in order
  const SPELLINGS = [
    [/z/g, "s"],  // normalize
    [/(?<=\p{L}{3})our/gu, "or"],  // behaviour
    [/(cent|met|fib)(?:r(?=ed|ing)|re|er)/g, "$1er"],  // centre, centred, centring
    [/(?<=model|label|travel|signal|channel|level)l(?=ed|ing|er)/g, ""],  // modelling
    [/^grey/, "gray"],
  ]
  const PLURALS = [
    [/(?<=matr|vert|ind)ices$/, "i"],  // as matrix begins
    [/(?<=s|x|ch|sh)es$/, ""],
    [/(?<=\p{L}{2})ies$/u, ""],
    [/(?<!s|i|u|ia)s$/, ""],  // but not loss, axis, modulus, bias
  ]
  const ASIDE = /^(reference|gallery|ledger|sources|colophon|making)\//  // looked up, not read
  const LITTLE = new Set(("a an and are as at be by can do does for from how i if in is it its " +
    "of on or so that the their there they this to was we what when which why will with you")
    .split(" "))

  const changed = (word, rules) => rules.reduce((now, [from, to]) => now.replace(from, to), word)
  const bare = (text) => text.normalize("NFKD").replace(/\p{M}|[’']s\b|[’']/gu, "").toLowerCase()
    .replace(/[α-ω]/g, (letter) => ` ${GREEK[letter.charCodeAt(0) - 945]} `)
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "")
  const parts = (text) => text.match(/\d+(?:\.\d+)+|[\p{L}\p{N}]+/gu) ?? []
  const once = new Map()  // a word is met a hundred times
  const spelling = (word) => once.get(word) ??
    once.set(word, changed(word, SPELLINGS)).get(word)
  const spelled = (text) => parts(text).map(spelling)

  // A text as its words, one space before and after each; what a hyphen joins follows as one word.
  function plain(text) {
    const now = bare(text), joined = now.match(/\p{L}+(?:[-‐‑]\p{L}+)+/gu) ?? []
    return ` ${[...spelled(now), ...joined.map((word) => spelled(word).join(""))].join(" ")} `
  }

  function prepared(places) {
    const entries = places.map(([at, page, title, text]) =>
      ({at, page, title, text, head: plain(title), body: plain(text), whole: ""}))
    const pages = new Map()
    for (const {at, head, body} of entries) {
      const page = at.split("#")[0]
      pages.set(page, (pages.get(page) ?? "") + head + body)
    }
    for (const entry of entries)  // the first part of a page stands for all of it
      if (!entry.at.includes("#")) entry.whole = pages.get(entry.at)
    return entries
  }

  // Does a word begin like this one, but for one letter: wrong, too much, missing or swapped?
  function near(typed, word) {
    let i = 0
    while (i < typed.length && typed[i] === word[i]) i++
    const left = typed.slice(i), right = word.slice(i)
    return right.startsWith(left.slice(1)) || right.slice(1).startsWith(left) ||
      right.slice(1).startsWith(left.slice(1)) ||
      right.startsWith(left.slice(0, 2).split("").reverse().join("") + left.slice(2))
  }

  const telling = (query) => {
    const all = spelled(bare(query)), much = all.filter((word) => !LITTLE.has(word))
    return much.length ? much : all
  }
  const stemmed = (word) => word.length > 3 ? changed(word, PLURALS) : word

  // Where a text has the first of the words, with a little of what stands before.
  function excerpt(text, query) {
    const stems = telling(query).map(stemmed)
    const wanted = (own) => stems.some((stem) => own.startsWith(stem))
    const begins = ([word]) => spelled(bare(word)).some(wanted)
    const at = [...text.matchAll(/[\p{L}\p{N}]+/gu)].find(begins)?.index ?? 0
    const from = at < 40 ? 0 : text.lastIndexOf(" ", at - 20) + 1
    return (from ? "… " : "") + text.slice(from, from + 140)
  }

  // The ways in which each word of the query may stand in a text, as what a text has to include.
  function ways(query, has, vocabulary) {
    return telling(query).map((word, i, words) => {
      const stem = stemmed(word)
      const joined = []
      if (i) joined.push(words[i - 1] + word)
      if (words[i + 1]) joined.push(word + words[i + 1])
      const found = [stem, ...joined].map((start) => ` ${start}`).filter(has)
      if (found.length || stem.length < 4 || /\d/.test(stem)) return [` ${word} `, ...found]
      const two = [...stem].map((_, at) => ` ${stem.slice(0, at)} ${stem.slice(at)}`).filter(has)
      if (two.length) return two
      return [...vocabulary()].filter((other) => near(stem, other)).map((other) => ` ${other} `)
    })
  }

  // Entries that have every word that tells something, else those that have most; the best first.
  function found(entries, query) {
    const has = (way) => entries.some(({head, body}) => head.includes(way) || body.includes(way))
    const vocabulary = () => new Set(entries.flatMap(({head, body}) => (head + body).split(" ")))
    const words = ways(query, has, vocabulary)
    const phrase = plain(query).trimEnd()
    const within = (text, word) => word.some((way) => text.includes(way))
    const often = (text, word) => Math.max(0, ...word.map((way) => text.split(way).length - 1))
    const rare = words.map((word) => Math.log(1 + entries.length /
      (1 + entries.filter(({head, body}) => within(head, word) || within(body, word)).length)))
    const scored = entries.map((entry) => {
      const {head, body, whole} = entry
      let worth = 100 * head.startsWith(phrase) + 30 * head.includes(phrase) +
        10 * body.includes(phrase), got = 0
      words.forEach((word, i) => {
        const exact = within(body + head, word.slice(0, 1))
        const here = 3 * within(head, word) + Math.log2(1 + often(body, word)) + exact
        const there = within(whole, word)
        worth += rare[i] * (here + there / 2)
        if (here || there) got += rare[i]
      })
      return {entry, worth: ASIDE.test(entry.at) ? 0.3 * worth : worth, got}
    })
    const all = rare.reduce((sum, much) => sum + much, 0)
    const most = Math.max(0, ...scored.map(({got}) => got)), every = most > all - 1e-9
    const enough = every ? most - 1e-9 : 0.7 * most
    const hits = scored.filter(({got}) => got && got >= enough).sort((a, b) => b.worth - a.worth)
    return {hits: hits.map(({entry}) => entry), every}
  }

  return {excerpt, found, near, plain, prepared}
})()
