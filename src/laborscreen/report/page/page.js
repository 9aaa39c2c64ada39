"use strict";
// The script of a report. It reads the blocks of JSON in this page and builds every element by hand: what a record, a rule
// or a list says is only ever set as text, never as markup.
(() => {
  const PER_PAGE = 50;
  const FIRST_SHOWN = 7;
  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
  const $ = (id) => document.getElementById(id);
  const block = (id) => JSON.parse($(id).textContent);
  const visible = (text) => String(text).replace(HIDDEN, (mark) => "\\u" + mark.codePointAt(0).toString(16).padStart(4, "0"));
  const words = (name) => String(name).replaceAll("_", " ").replace(/^dprk\b/, "DPRK");
  const number = (value) => Number(value).toLocaleString("en-US", { maximumFractionDigits: 4 });
  const points = (value) => (value > 0 ? "+" : value < 0 ? "−" : "") + number(Math.abs(value));
  const percent = (value) => number(Math.round(value * 1000) / 10) + " %";
  const counted = (n, one) => `${number(n)} ${one}${n === 1 ? "" : "s"}`;

  function el(name, attributes, ...children) {
    const made = document.createElement(name);
    fill(made, attributes, children);
    return made;
  }
  function svg(name, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    fill(made, attributes, children);
    return made;
  }
  function fill(made, attributes, children) {
    for (const [key, value] of Object.entries(attributes || {})) if (value !== null) made.setAttribute(key, value);
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === "") continue;
      made.append(child instanceof Node ? child : visible(child));
    }
  }
  const theirs = (text, attributes) => el("bdi", attributes || null, text); // what others wrote keeps its direction to itself

  const { countries, regions, sectors, bands: BANDS, axes: AXES, outcomes: OUTCOMES, changes: CHANGES, previous: LAST_RUN, meaning: MEANING } = block("words");
  const RULES = block("rules").map(([id, version, title, axis, group, strength, ask, innocent, cited]) => ({
    id, version, title, axis, group, strength, ask, innocent, cited,
  }));
  const TITLES = new Map(RULES.map((rule) => [rule.id, rule.title]));
  let texts = null;
  const text = (given) => (typeof given === "number" ? (texts ||= block("texts"))[given] : given);

  const records = [];
  OUTCOMES.forEach((outcome, gravity) => {
    const cards = block(`${outcome}-cards`);
    for (const [place, id, name, country, region, sector, digest, change, at] of block(`${outcome}-records`)) {
      const [bands, scores, coverage, raised, aside, reason] = cards[at];
      records.push({ place, id, name, country: countries[country], region: regions[region], sector: sectors[sector], digest, change, outcome, gravity, at, bands, scores, coverage, raised, aside, reason, seek: "" });
    }
  });
  records.sort((one, other) => one.place - other.place);
  const height = (one) => Math.max(...one.bands) * 1e6 + one.scores.reduce((sum, score) => sum + score, 0);
  function sought(one) {
    if (!one.seek) {
      const rules = [...one.raised, ...one.aside].map((at) => `${RULES[at].id} ${RULES[at].title}`).join("\n");
      one.seek = `${one.id}\n${one.name}\n${text(one.reason)}\n${rules}`.normalize("NFKC").toLowerCase();
    }
    return one.seek;
  }
  const detailBlocks = new Map();
  const IN_A_BLOCK = 250;
  function detail(one) {
    const key = `${one.outcome}-details-${Math.floor(one.at / IN_A_BLOCK)}`;
    if (!detailBlocks.has(key)) detailBlocks.set(key, block(key));
    return detailBlocks.get(key)[one.at % IN_A_BLOCK];
  }

  // ---- the table -----------------------------------------------------------------------------------------------------
  const PLACES = ["country", "region", "sector"];
  const NOT_TOLD = "not told";
  const wanted = { q: "", outcome: "", band: "", rule: "", country: "", region: "", sector: "", change: "" };
  let order = { by: "outcome", down: true };
  let page = 0;
  let shown = records;
  const KEYS = {
    record: (one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id),
    outcome: (one, other) => other.gravity - one.gravity || height(one) - height(other),
    coverage: (one, other) => one.coverage - other.coverage,
  };
  AXES.forEach((axis, at) => {
    KEYS[axis] = (one, other) => one.bands[at] - other.bands[at] || one.scores[at] - other.scores[at];
  });

  function choose() {
    const parts = wanted.q.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const [axis, least] = wanted.band ? wanted.band.split(":").map(Number) : [-1, 0];
    shown = records.filter(
      (one) =>
        (!wanted.outcome || one.outcome === wanted.outcome) &&
        (axis < 0 || one.bands[axis] >= least) &&
        (!wanted.rule || one.raised.some((at) => RULES[at].id === wanted.rule) || one.aside.some((at) => RULES[at].id === wanted.rule)) &&
        PLACES.every((key) => !wanted[key] || one[key] === wanted[key]) &&
        (!wanted.change || (one.change && CHANGES[one.change[0]] === wanted.change)) &&
        (!parts.length || parts.every((part) => sought(one).includes(part))),
    );
    const compare = KEYS[order.by];
    const sign = order.down ? -1 : 1;
    shown.sort((one, other) => sign * compare(one, other) || one.place - other.place);
    page = 0;
    draw();
  }

  const COLUMNS = [
    ["record", "Record", "col-record"],
    ["outcome", "Outcome", "col-outcome"],
    ...AXES.map((axis) => [axis, words(axis), "col-axis"]),
    ["", "First reason", ""],
    ["coverage", "Coverage", "col-coverage"],
  ];
  function heading([key, label, width]) {
    if (!key) return el("th", { scope: "col", class: width || null }, el("span", { class: "quiet" }, label));
    const on = order.by === key;
    const button = el("button", { type: "button", "data-on": on ? "" : null, "data-sort": key }, label, on ? (order.down ? " ↓" : " ↑") : "");
    button.addEventListener("click", () => {
      order = { by: key, down: on ? !order.down : key !== "record" };
      choose();
      $("table-place").querySelector(`[data-sort="${key}"]`).focus();
    });
    return el("th", { scope: "col", class: width, "aria-sort": on ? (order.down ? "descending" : "ascending") : null }, button);
  }
  function row(one) {
    const reason = text(one.reason);
    return el(
      "tr",
      { "data-id": one.id },
      el("th", { scope: "row", class: "col-record" }, el("a", { class: "name", href: link(one) }, theirs(one.name || one.id)), one.name ? theirs(one.id, { class: "id" }) : null),
      el("td", { "data-label": "Outcome" }, el("span", null, el("span", { class: `chip ${one.outcome}` }, one.outcome), moved(one))),
      AXES.map((axis, at) => {
        const band = BANDS[one.bands[at]];
        return el("td", { "data-label": words(axis) }, el("span", null, el("span", { class: `band-${band}` }, band), el("span", { class: "quiet figure" }, ` ${number(one.scores[at])}`), mini(one.scores[at], band)));
      }),
      el("td", { "data-label": "First reason" }, reason ? theirs(reason) : el("span", { class: "quiet" }, "nothing raised")),
      el("td", { "data-label": "Coverage", class: "figure" }, percent(one.coverage)),
    );
  }
  function moved({ change, outcome }) {
    if (!change || CHANGES[change[0]] === "same") return null;
    const [kind, was] = change;
    return el("span", { class: "moved" }, was && was !== outcome ? `was ${was}` : CHANGES[kind]);
  }
  function mini(score, band) {
    return svg("svg", { class: "mini", viewBox: "0 0 100 5", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "track", width: 100, height: 5, rx: 2 }), svg("rect", { class: `fill-${band}`, width: Math.min(score, 100), height: 5, rx: 2 }));
  }
  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
    page = Math.min(page, pages - 1);
    const first = page * PER_PAGE;
    const body = el("tbody", null, shown.slice(first, first + PER_PAGE).map(row));
    $("table-place").replaceChildren(
      shown.length ? el("table", { class: "records" }, el("caption", { class: "unseen" }, "Records, with outcome and scores"), el("thead", null, el("tr", null, COLUMNS.map(heading))), body) : el("p", { class: "notice" }, "No record meets these filters."),
    );
    $("found").textContent = shown.length === records.length ? counted(records.length, "record") : `${number(shown.length)} of ${counted(records.length, "record")}`;
    const back = el("button", { type: "button", id: "page-back" }, "← Previous");
    const on = el("button", { type: "button", id: "page-on" }, "Next →");
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
    const turn = (by, id) => {
      page += by;
      draw();
      $("records-title").focus();
      if (!$(id).disabled) $(id).focus({ preventScroll: true });
    };
    back.addEventListener("click", () => turn(-1, "page-back"));
    on.addEventListener("click", () => turn(1, "page-on"));
    $("pages").replaceChildren(back, el("span", null, `Page ${number(page + 1)} of ${number(pages)}`), on);
    $("pages").hidden = pages === 1;
  }

  // ---- the page of a record ------------------------------------------------------------------------------------------
  const link = (one) => `#record=${encodeURIComponent(one.id)}${twin(one) ? "&row=" + one.place : ""}`;
  const byId = new Map();
  for (const one of records) byId.set(one.id, (byId.get(one.id) || 0) + 1);
  const twin = (one) => byId.get(one.id) > 1;

  function waterfall(axis, flags, parts) {
    // Each flag starts where the one before it ended; what a cap takes away is a step back, so the last end is the score.
    const steps = [];
    for (const [group, , kept] of [...parts].sort((one, other) => other[2] - one[2])) {
      const name = text(group);
      let sum = 0;
      for (const flag of flags) {
        const rule = RULES[flag[0]];
        if (rule.axis !== axis || rule.group !== name || text(flag[4]) !== "raised" || !flag[3]) continue;
        sum += flag[3];
        steps.push({ label: rule.title, points: flag[3], strength: text(flag[1]) });
      }
      const less = Math.round((kept - sum) * 1e4) / 1e4;
      if (less) steps.push({ label: `cap of ${words(name)}`, points: less, strength: "" });
    }
    let end = 0;
    let most = 100;
    for (const step of steps) {
      step.from = end;
      end += step.points;
      most = Math.max(most, end, step.from);
    }
    const bar = (from, to, kind) => {
      const scale = 100 / most;
      return svg("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { class: "track", width: 100, height: 8 }),
        svg("rect", { class: kind, x: Math.min(from, to) * scale, width: Math.abs(to - from) * scale, y: 1, height: 6 }));
    };
    return { steps, bar };
  }
  function axisCard(axis, told, flags) {
    const [score, bandAt, held, parts] = told;
    const band = BANDS[bandAt];
    const { steps, bar } = waterfall(axis, flags, parts);
    const rows = steps.map((step) =>
      el("tr", { class: "step" }, el("th", { scope: "row" }, step.label), el("td", { class: "bar" }, bar(step.from, step.from + step.points, step.points < 0 ? "fill-less" : `fill-${band}`)), el("td", { class: "figure" }, points(step.points))));
    return el("section", { class: "card", "data-axis": axis },
      el("div", { class: "score-head" }, el("h3", null, words(axis)), el("span", { class: `figure band-${band}` }, band)),
      el("table", { class: "fall" }, el("caption", { class: "unseen" }, `How the score of ${words(axis)} adds up`),
        el("thead", { class: "unseen" }, el("tr", null, el("th", { scope: "col" }, "Part"), el("th", { scope: "col" }, "Bar"), el("th", { scope: "col" }, "Points"))),
        el("tbody", null, rows.length ? rows : el("tr", null, el("th", { scope: "row", colspan: 3, class: "quiet" }, "no flag scores here"))),
        el("tfoot", null, el("tr", null, el("th", { scope: "row" }, "score"), el("td", { class: "bar" }, bar(0, score, `fill-${band}`)), el("td", { class: "figure score" }, number(score))))),
      text(held) ? el("p", { class: "note" }, text(held)) : null);
  }
  function seenCell(seen, start, end, note) {
    if (!seen) return el("td", { class: "seen", "data-label": "As written" }, el("span", { class: "quiet" }, note || "not told"));
    if (start < 0) return el("td", { class: "seen", "data-label": "As written" }, theirs(seen));
    const letters = Array.from(seen); // positions count characters, as in the JSON, and not halves of them
    const part = (from, to) => visible(letters.slice(from, to).join(""));
    const whole = el("bdi", null, part(0, start), el("mark", null, part(start, end)), part(end));
    return el("td", { class: "seen", "data-label": "As written" }, whole);
  }
  function evidenceRow([field, seen, value, wanted, start, end, source, similarity, entry, note, listed]) {
    const read = value === null ? "" : value === true ? "yes" : value === false ? "no" : typeof value === "number" ? number(value) : value;
    const hit = entry !== null || similarity !== null;
    const said = [
      hit ? el("div", null, el("b", null, listed ? text(listed[0]) : "possible match"), ", same or similar name", similarity !== null ? ` (likeness ${number(similarity)} of 1)` : "") : null,
      entry !== null ? el("div", { class: "quiet" }, "list entry ", theirs(entry, { class: "id" })) : null,
      source ? el("div", { class: "quiet" }, words(text(source))) : null,
      text(note) && seen && !(listed && text(note).startsWith(text(listed[0]))) ? el("div", { class: "quiet" }, theirs(text(note))) : null,
    ];
    return el("tr", null,
      el("td", { "data-label": "Field" }, el("code", null, text(field))),
      seenCell(seen, start, end, text(note)),
      el("td", { "data-label": hit ? "The list has" : "Read as" }, read === "" ? el("span", { class: "quiet" }, "—") : theirs(read)),
      el("td", { "data-label": "Compared with" }, theirs(text(wanted))),
      el("td", { "data-label": "Source" }, said));
  }
  function bothSides([, seen, , , , , , , entry, , listed]) {
    if (!listed) return null;
    const [standing, list, day, name, strength, kind, programmes, dprk, reasons, agree, disagree, cleared] = listed;
    const all = (given, none) => (given.length ? given.map((one, n) => [n ? "; " : "", theirs(text(one))]) : el("span", { class: "quiet" }, none));
    const rows = [
      ["Name", theirs(seen), [theirs(text(name)), text(strength) ? ` (${text(strength)} name)` : ""]],
      ["Alike because", null, all(reasons, "not told")],
      ["Agrees beside the name", null, all(agree, "nothing: a name alone is never more than possible")],
      ["Disagrees", null, all(disagree, "nothing known")],
      ["List", null, [theirs(text(list)), ` of ${text(day) || "unknown date"}, `, theirs(entry || "", { class: "id" }), text(kind) ? `, ${text(kind)}` : ""]],
      ["Programmes", null, all(programmes, "not told")],
      ["Counts as DPRK because", null, all(dprk, "it does not")],
      ...(text(cleared) ? [["Cleared", null, theirs(text(cleared))]] : []),
    ];
    return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Both sides compared" }, el("table", { class: "sides" },
      el("caption", null, `${text(standing)}: both sides`), el("thead", null, el("tr", null, ["What", "This record", "The list"].map((label) => el("th", { scope: "col" }, label)))),
      el("tbody", null, rows.map(([what, ours, other]) => el("tr", null, el("th", { scope: "row" }, what), ours ? el("td", null, ours) : null, el("td", { colspan: ours ? null : 2 }, other))))));
  }
  function comparisons(evidence) {
    // One party often stands on several lists: the likest entry is open, the others are folded.
    const sides = evidence.filter((one) => one[10]).sort((one, other) => other[7] - one[7]).map(bothSides);
    return sides.length < 3 ? sides : [sides[0], el("details", { class: "more" }, el("summary", null, `${number(sides.length - 1)} more list entries`), sides.slice(1))];
  }
  function citation([source, title, url, where, says]) {
    const safe = /^https?:\/\/[^\s]+$/i.test(url);
    return el("li", null, safe ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, title || source) : theirs(title || source), where ? `, ${where}` : "", says ? `: ${says}` : "",
      url && !safe ? el("span", { class: "quiet" }, " (its address is not a web address: ", theirs(url, { class: "id" }), ")") : null);
  }
  function flagCard(flag) {
    const [at, countsAs, quality, given, status, because, evidence, by, why] = flag;
    const rule = RULES[at];
    const state = text(status);
    const strength = text(countsAs) === rule.strength ? rule.strength : `${rule.strength}, counts as ${text(countsAs)} on this evidence`;
    const parts = [words(rule.axis), words(rule.group), strength, rule.strength === "context" ? "scores nothing" : `evidence × ${number(quality)}`];
    return el("article", { class: state === "raised" ? "card flag" : "card flag aside", "data-rule": rule.id },
      el("header", null, el("h3", null, rule.title), el("span", { class: "figure points" }, state === "raised" ? `${number(given)} points` : state)),
      el("p", { class: "meta" }, el("span", { class: "id" }, `${rule.id} v${rule.version}`), ` · ${parts.join(" · ")}`),
      el("p", { class: "because" }, theirs(text(because))),
      state === "raised" ? null : el("p", { class: "aside-note" }, `${state === "suppressed" ? "Suppressed by guard" : "Excepted by"} `, theirs(text(by)), ": ", theirs(text(why))),
      evidence.length ? el("table", { class: "evidence" }, el("caption", { class: "unseen" }, `Evidence for ${rule.title}`),
        el("thead", null, el("tr", null, ["Field", "As written", "Read as", "Compared with", "Source"].map((label) => el("th", { scope: "col" }, label)))), el("tbody", null, evidence.map(evidenceRow))) : null,
      comparisons(evidence),
      rule.innocent.length ? [el("h4", null, "Could also be"), el("ul", null, rule.innocent.map((one) => el("li", null, one)))] : null,
      rule.ask ? [el("h4", null, "Ask"), el("p", { class: "ask" }, rule.ask)] : null,
      rule.cited.length ? [el("h4", null, "Rests on"), el("ul", null, rule.cited.map(citation))] : null);
  }
  function section(title, ...children) {
    return el("section", null, el("h2", null, title), ...children);
  }
  const GAPS_OPEN = 6;
  const isRule = (named) => /^[A-Z]+-[A-Z]+-\d+$/.test(text(named));
  function questions(gaps) {
    // What the policy needs and what could not be read comes first: it decides whether enough is known.
    const ordered = [...gaps.filter(([rule]) => !isRule(rule)), ...gaps.filter(([rule]) => isRule(rule))];
    const list = (some) => el("ul", { class: "gaps" }, some.map(([rule, fields, ask]) =>
      el("li", null, el("p", { class: "ask" }, theirs(text(ask))), el("p", { class: "note" }, el("span", { class: "id" }, text(rule)), fields.length ? " waits for " : "", fields.map((field, n) => [n ? ", " : "", el("code", null, text(field))])))));
    const rest = ordered.slice(GAPS_OPEN);
    return el("section", { id: "questions" }, el("h2", null, "Not known, and what to ask"), list(ordered.slice(0, GAPS_OPEN)),
      rest.length ? el("details", { class: "more" }, el("summary", null, counted(rest.length, "more question")), list(rest)) : "");
  }
  function since(one) {
    if (!one.change) return null;
    const [at, was, raised, fallen, otherInput] = one.change;
    const kind = CHANGES[at];
    const day = LAST_RUN ? ` of ${LAST_RUN}` : "";
    if (kind === "new") return el("p", { class: "notice since-note" }, `Not in the last run${day}.`);
    const named = (rules) => rules.map((rule, n) => [n ? ", " : "", el("span", { class: "id" }, rule), TITLES.has(rule) ? ` ${TITLES.get(rule)}` : ""]);
    return el("div", { class: "notice since-note" },
      el("p", null, `Since the last run${day}: ${kind}`, was === one.outcome ? "" : ` (was ${was})`, ". ", otherInput ? "What the record says has changed." : "What the record says is the same."),
      raised.length ? el("p", null, "New: ", named(raised)) : null, fallen.length ? el("p", null, "No longer: ", named(fallen)) : null);
  }
  function leap(label, find) {
    // The address names the record, so that places on its page are reached by buttons.
    const button = el("button", { type: "button", class: "leap" }, label);
    button.addEventListener("click", () => {
      const place = find();
      place.setAttribute("tabindex", "-1");
      place.scrollIntoView();
      place.focus({ preventScroll: true });
    });
    return button;
  }
  function verdict(one, flags, gaps, steps, reasons) {
    const needs = gaps.filter(([rule]) => !isRule(rule));
    const bands = AXES.map((axis, at) => el("li", { "data-axis": axis }, words(axis), " ", el("b", { class: `band-${BANDS[one.bands[at]]}` }, BANDS[one.bands[at]])));
    const why = reasons.map((at) => {
      const rule = RULES[flags[at][0]];
      const [met] = flags[at][6].filter((each) => each[10]).sort((one, other) => other[7] - one[7]);
      const party = met ? [": ", theirs(text(met[10][3])), ` (${text(met[10][0])}, ${text(met[10][1])})`] : "";
      return el("li", null, theirs(text(flags[at][5])), party, el("span", { class: "note" }, ` ${words(rule.axis)}, `, leap(rule.id, () => $("record-page").querySelector(`article[data-rule="${CSS.escape(rule.id)}"]`))));
    });
    const missing = one.outcome === "incomplete" ? needs.slice(0, 4).map(([, , ask]) => el("li", null, "Not known: ", theirs(text(ask)))) : [];
    const nothing = why.length || missing.length ? null : el("li", null, "No rule that scores has matched.");
    return el("section", { class: `verdict ${one.outcome}`, "aria-label": "In short" },
      el("p", { class: "outcome" }, el("span", { class: "word" }, one.outcome), el("span", null, MEANING[one.outcome])),
      el("ul", { class: "in-short" }, bands),
      el("div", { class: "columns" },
        el("div", null, el("h2", null, "Why"), el("ul", { class: "why" }, missing, why, nothing)),
        el("div", null, el("h2", null, "What next"), el("ul", { class: "steps" }, steps.map((step) => el("li", null, text(step))),
          gaps.length && one.outcome !== "routine" ? el("li", null, leap(counted(gaps.length, "open question"), () => $("questions"))) : null))));
  }
  function recordPage(one) {
    const [axes, flags, gaps, guards, exposure, steps, notes, made, reasons] = detail(one);
    const [software, rulebook, lists, listsNote, day] = made;
    const scoring = flags.filter((flag) => RULES[flag[0]].strength !== "context");
    const context = flags.filter((flag) => RULES[flag[0]].strength === "context");
    const at = shown.indexOf(one);
    const near = (by, label) => (at >= 0 && shown[at + by] ? el("a", { href: link(shown[at + by]) }, label) : null);
    const sourceRows = [
      ["Software", text(software)], ["Rulebook", text(rulebook)],
      ...lists.map(([list, date, digest]) => ["List", `${text(list)} of ${text(date) || "unknown date"}, ${text(digest)}`]),
      ...(text(listsNote) ? [["Lists", text(listsNote)]] : []),
      ["Input", one.digest], ["Screened on", text(day)],
    ];
    const title = el("h1", { class: "title", tabindex: "-1", id: "record-title" }, theirs(one.name || one.id));
    $("record-page").replaceChildren(...[
      el("nav", { "aria-label": "Records" }, el("a", { href: "#records" }, "← All records"), near(-1, "Previous record"), near(1, "Next record")),
      title,
      el("p", { class: "facts" }, one.name ? theirs(one.id, { class: "id" }) : null, one.country === NOT_TOLD ? null : el("span", null, theirs(one.country)),
        PLACES.slice(1).map((key) => (one[key] === NOT_TOLD ? null : el("span", null, theirs(one[key])))),
        el("span", null, `coverage ${percent(one.coverage)}`), el("span", null, `exposure ${words(text(exposure))}`)),
      verdict(one, flags, gaps, steps, reasons),
      since(one),
      section("How the scores add up", el("div", { class: "scores" }, AXES.map((axis, place) => axisCard(axis, axes[place], flags)))),
      section("Flags", scoring.length ? scoring.map(flagCard) : el("p", { class: "note" }, "No rule that scores has matched.")),
      gaps.length ? questions(gaps) : null,
      guards.length ? section("Guards that apply", el("ul", { class: "gaps" }, guards.map(([guard, name, why, rules]) =>
        el("li", null, el("b", null, text(name)), ": ", text(why), el("p", { class: "note" }, el("span", { class: "id" }, text(guard)), " sets aside ", rules.map(text).join(", ")))))) : null,
      notes.length ? section("Values that could not be read", el("ul", { class: "gaps" }, notes.map(([field, written, note]) => el("li", null, el("code", null, text(field)), " ", theirs(`“${written}”`), `: ${text(note)}`)))) : null,
      context.length ? el("section", null, el("h2", null, "Context"), el("p", { class: "note" }, "Where to look more closely. It scores nothing."), el("details", null, el("summary", null, counted(context.length, "sign")), context.map(flagCard))) : null,
      section("What this was made from", el("dl", null, sourceRows.map(([name, value]) => [el("dt", null, name), el("dd", null, theirs(value))]))),
    ].filter(Boolean));
    return title;
  }

  function first() {
    const some = records.filter((one) => one.gravity < 2).sort((one, other) => -KEYS.outcome(one, other) || one.place - other.place).slice(0, FIRST_SHOWN);
    if (!some.length) return;
    $("first").hidden = false;
    $("first-list").append(...some.map((one) => el("li", null,
      el("span", { class: `chip ${one.outcome}` }, one.outcome),
      el("a", { class: "name", href: link(one) }, theirs(one.name || one.id)),
      el("span", { class: "reason" }, theirs(text(one.reason))))));
  }

  // ---- where we are --------------------------------------------------------------------------------------------------
  const front = document.title;
  function go() {
    const place = new URLSearchParams(location.hash.slice(1));
    const id = place.get("record");
    const one = id === null ? null : records.find((each) => each.id === id && (!place.has("row") || each.place === Number(place.get("row"))));
    document.querySelector(".top").hidden = $("overview-page").hidden = Boolean(one);
    $("record-page").hidden = !one;
    document.title = one ? visible(`${one.name || one.id}: ${one.outcome}`) : front;
    if (one) {
      const title = recordPage(one);
      window.scrollTo(0, 0);
      title.focus({ preventScroll: true });
      return;
    }
    $("record-page").replaceChildren();
    if (id !== null) $("found").textContent = visible(`No record of this report has the id ${id}.`);
    if (location.hash === "#records") $("records").scrollIntoView();
    for (const key of ["outcome", "rule", "change", ...PLACES]) {
      if (!place.has(key) || !$(`by-${key}`)) continue;
      clear();
      wanted[key] = place.get(key);
      $(`by-${key}`).value = wanted[key];
      choose();
      $("records-title").focus();
      $("records").scrollIntoView();
    }
  }
  function clear() {
    $("filters").reset();
    for (const key of Object.keys(wanted)) wanted[key] = "";
  }
  function option(value, label) {
    return el("option", { value }, label);
  }
  function furnish() {
    $("by-outcome").append(...OUTCOMES.map((one) => option(one, one)));
    AXES.forEach((axis, at) => BANDS.forEach((band, least) => least && $("by-band").append(option(`${at}:${least}`, `${words(axis)}: ${band}${least < BANDS.length - 1 ? " or above" : ""}`))));
    const titles = new Map();
    for (const rule of RULES) titles.set(rule.id, `${rule.id} ${rule.title}`);
    $("by-rule").append(...[...titles].sort().map(([id, label]) => option(id, label)));
    for (const [key, labels] of [["country", countries], ["region", regions], ["sector", sectors]]) {
      $(`by-${key}`).append(...[...labels].sort((one, other) => (one === NOT_TOLD) - (other === NOT_TOLD) || one.localeCompare(other)).map((one) => option(one, one)));
      $(`by-${key}`).closest("label").hidden = labels.length < 2;
    }
    if ($("by-change")) $("by-change").append(...CHANGES.map((one) => option(one, one)));
    let waiting = 0;
    $("search").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { wanted.q = $("search").value; choose(); }, 120);
    });
    for (const key of Object.keys(wanted)) if ($(`by-${key}`)) $(`by-${key}`).addEventListener("change", (event) => { wanted[key] = event.target.value; choose(); });
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    $("filters").addEventListener("reset", () => { for (const key of Object.keys(wanted)) wanted[key] = ""; setTimeout(choose); });
    $("filters").hidden = false;
    addEventListener("hashchange", go);
    // Paper cannot be unfolded: what is folded is opened for the print, and folded again after it.
    addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details:not([open])")) { one.open = true; one.dataset.folded = ""; } });
    addEventListener("afterprint", () => { for (const one of document.querySelectorAll("details[data-folded]")) { one.open = false; delete one.dataset.folded; } });
    first();
    choose();
    go();
    document.documentElement.dataset.ready = "yes";
  }
  furnish();
})();
