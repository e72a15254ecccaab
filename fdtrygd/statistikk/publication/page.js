// Shows other regions and periods from the figures that the page carries, sorts its tables, and draws the picture.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const by = (id) => document.getElementById(id);
  const data = JSON.parse(by("tall").textContent);
  const classes = data.dimensjoner.map((dimension) => dimension.klasser);
  const corrected = data.rettet.map((places) => new Set(places));
  // What is shown: of each dimension a class, and the period of the table by region
  const chosen = [...data.vist];
  let period = data.perioder.length - 1;
  // Of each table the column that it is sorted by (-1: the first one; null: as published), and which way
  const sorting = { tid: { column: null, down: true }, region: { column: null, down: true } };

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function drawn(tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const shown = (figure) =>
    typeof figure === "number" ? String(figure).replace(/\B(?=(\d{3})+$)/g, "\u00a0") : figure;

  // The figures of a row: the last dimension's classes, or the one figure that there is
  const columns = data.kolonner === null ? [{ tekst: data.enhet }] : classes[data.kolonner];

  function cells(of, row) {
    return columns.map((_, column) => {
      const place = classes.reduce((sum, some, number) => {
        const at = number === data.rader ? row : number === data.kolonner ? column : chosen[number];
        return sum * some.length + at;
      }, 0);
      return { figure: data.tall[of][place], corrected: corrected[of].has(place) };
    });
  }

  function sorted(lines, { column, down }) {
    if (column === null) return lines;
    const sign = down ? -1 : 1;
    const key = (line) => (column < 0 ? line.order : line.cells[column].figure);
    return [...lines].sort((one, other) => {
      if (one.first || other.first) return one.first ? -1 : 1;
      const [a, b] = [key(one), key(other)];
      const [missing, too] = [typeof a !== "number", typeof b !== "number"];
      if (missing || too) return missing - too || one.order - other.order;
      return sign * (a - b) || one.order - other.order;
    });
  }

  function show(id, lines, caption) {
    const table = by(id);
    const how = sorting[id];
    table.caption.textContent = caption;
    [...table.tHead.rows[0].cells].forEach((head, number) => {
      if (how.column === number - 1) head.setAttribute("aria-sort", how.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    table.tBodies[0].replaceChildren(
      ...sorted(lines, how).map((line) => {
        const title = line.choose ? element("button", { type: "button" }, line.title) : line.title;
        if (line.choose) title.addEventListener("click", line.choose);
        return element(
          "tr",
          line.first ? { class: "sum" } : {},
          element("th", { scope: "row" }, title),
          ...line.cells.map((cell) => {
            const made = element("td", { class: "num" }, shown(cell.figure));
            if (cell.corrected) made.append(element("sup", { title: "Rettet" }, "r"));
            return made;
          }),
        );
      }),
    );
    wide();
  }

  // Says so where a table is wider than its place
  function wide() {
    for (const table of document.querySelectorAll("#t-tid, #t-region")) {
      const inner = table.querySelector(".rull");
      table.classList.toggle("bred", inner.scrollWidth > inner.clientWidth);
    }
  }

  const names = (places) =>
    places.filter((place) => place !== null).map((place) => classes[place][chosen[place]].tekst);

  function overTime() {
    const row = data.rader === null ? 0 : chosen[data.rader];
    const lines = data.perioder
      .map((each, number) => ({ title: each.naar, order: number, cells: cells(number, row) }))
      .reverse();
    show("tid", lines, names([data.rader, ...data.valg]).join(", ") || data.tittel);
    picture(row);
  }

  function byRegion() {
    if (data.rader === null) return;
    const wanted = by("finn") ? by("finn").value.trim().toLowerCase() : "";
    const lines = classes[data.rader]
      .map((each, number) => ({
        title: each.tekst,
        code: each.kode,
        order: number,
        first: each.kode === "T",
        cells: cells(period, number),
        choose: () => {
          chosen[data.rader] = number;
          by(`valg-${data.rader}`).value = number;
          overTime();
          by("utvikling").scrollIntoView();
        },
      }))
      .filter((line) =>
        /^\d/.test(wanted) ? line.code.startsWith(wanted) : line.title.toLowerCase().includes(wanted),
      );
    show("region", lines, [...names(data.valg), data.perioder[period].naar].join(", "));
  }

  // Months and years as numbers on the axis of time
  function position(code) {
    const [year, month] = code.split("M").map(Number);
    return month ? year * 12 + month : year;
  }

  function picture(row) {
    const figures = data.perioder.map((_, number) => cells(number, row).map((cell) => cell.figure));
    const enough = figures.filter((some) => some.some((each) => typeof each === "number")).length > 1;
    const flat = by("bilde").querySelector(".flater, .stolper");
    const what = names([data.rader, ...data.valg]).join(", ");
    by("bilde").firstElementChild.textContent =
      `${data.tittel}${what ? `: ${what}` : ""}. ${data.enhet}. ` +
      (enough ? "Hvert bilde har sin egen skala, fra 0." : data.perioder.map((each) => each.naar).join(", "));
    flat.className = enough ? "flater" : "stolper";
    flat.replaceChildren(
      ...(enough
        ? columns.map((column, number) => panel(column.tekst, figures.map((some) => some[number])))
        : bars(figures[figures.length - 1])),
    );
    by("bilde").hidden = !figures.some((some) => some.some((each) => typeof each === "number"));
  }

  function bars(figures) {
    const most = Math.max(1, ...figures.filter((each) => typeof each === "number"));
    return columns.flatMap((column, number) => {
      const bar = element("i");
      bar.style.width = `${(70 * (Number(figures[number]) || 0)) / most}%`;
      return [element("span", {}, column.tekst), element("span", { class: "stolpe" }, bar, shown(figures[number]))];
    });
  }

  function ceiling(value) {
    const size = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
    return [1, 2, 3, 4, 5, 6, 8, 10].map((each) => each * size).find((each) => each >= value);
  }

  // So wide is a panel, in pixels, for a row of them to fill the page
  function width() {
    const whole = by("utvikling").clientWidth;
    const abreast = whole >= 800 ? 4 : whole >= 520 ? 3 : 2;
    return Math.floor((whole - 16 * (abreast - 1)) / abreast);
  }

  // A title in lines that are not wider than that
  function wrapped(title, most) {
    return title.split(" ").reduce((lines, word) => {
      const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length && longer.length * 7.6 <= most) lines[lines.length - 1] = longer;
      else lines.push(word);
      return lines;
    }, []);
  }

  // One class over time: from 0 up, with a gap where a period or its figure is missing
  function panel(title, figures) {
    const lines = Math.max(...columns.map((column) => wrapped(column.tekst, width()).length));
    const [left, right, top] = [2, width() - 4, 29 + 15 * lines];
    const bottom = top + 64;
    const at = data.perioder.map((each) => position(each.kode));
    const [begin, end] = [at[0], at[at.length - 1]];
    const points = figures
      .map((figure, number) => ({ figure, number, at: at[number] }))
      .filter((each) => typeof each.figure === "number");
    const most = ceiling(Math.max(0, ...points.map((each) => each.figure)));
    const x = (each) => left + ((right - left) * (each.at - begin)) / (end - begin);
    const y = (each) => bottom - ((bottom - top) * each.figure) / most;
    const word = (each) => `${shown(each.figure)} i ${data.perioder[each.number].tekst}`;
    const last = points[points.length - 1];
    const said = last ? `fra ${word(points[0])} til ${word(last)}` : "ingen tall";
    const size = { width: width(), height: bottom + 20 };
    const made = drawn("svg", { ...size, role: "img", "aria-label": `${title}: ${said}` });
    wrapped(title, width()).forEach((line, number) =>
      made.append(drawn("text", { x: left, y: 14 + 15 * number, class: "navn" }, line)),
    );
    if (!last) {
      made.append(drawn("text", { x: left, y: top - 5 }, "Ingen tall"));
      return made;
    }
    for (const level of [0, most]) {
      const height = y({ figure: level });
      made.append(drawn("line", { x1: left, x2: right, y1: height, y2: height, class: "akse" }));
    }
    made.append(drawn("text", { x: left, y: top - 5 }, shown(most)));
    made.append(drawn("text", { x: left, y: bottom + 16 }, data.perioder[0].kort));
    made.append(drawn("text", { x: right, y: bottom + 16, "text-anchor": "end" }, data.perioder[at.length - 1].kort));
    const path = points
      .map((each, number) => {
        const follows = number > 0 && points[number - 1].at === each.at - 1;
        return `${follows ? "L" : "M"}${x(each).toFixed(1)} ${y(each).toFixed(1)}`;
      })
      .join("");
    made.append(drawn("path", { d: path, class: "serie" }));
    points
      .filter((each, number) => {
        const joined = (other) => other && Math.abs(other.at - each.at) === 1;
        return each === last || !(joined(points[number - 1]) || joined(points[number + 1]));
      })
      .forEach((each) => made.append(drawn("circle", { cx: x(each), cy: y(each), r: 3, class: "punkt" })));
    const value = { x: right, y: top - 5, "text-anchor": "end", class: "verdi" };
    const when = last.number === figures.length - 1 ? "" : ` (${data.perioder[last.number].kort})`;
    made.append(drawn("text", value, shown(last.figure) + when));
    return made;
  }

  for (const id of Object.keys(sorting)) {
    if (!by(id)) continue;
    [...by(id).tHead.rows[0].cells].forEach((head, number) => {
      const button = element("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const how = sorting[id];
        const column = number - 1;
        // The first click on figures puts the largest first, and on names gives the published order back
        if (how.column === column) how.down = !how.down;
        else sorting[id] = { column, down: column >= 0 };
        (id === "tid" ? overTime : byRegion)();
      });
    });
  }
  classes.forEach((_, number) => {
    const select = by(`valg-${number}`);
    if (!select) return;
    select.value = String(chosen[number]);
    select.addEventListener("change", () => {
      chosen[number] = Number(select.value);
      overTime();
      byRegion();
    });
  });
  if (by("periode")) {
    by("periode").value = String(period);
    by("periode").addEventListener("change", () => {
      period = Number(by("periode").value);
      byRegion();
    });
  }
  if (by("finn")) {
    by("finn").closest("p").hidden = false;
    by("finn").addEventListener("input", byRegion);
  }
  let before = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== before) overTime();
    before = innerWidth;
  });
  by("valg").addEventListener("submit", (event) => event.preventDefault());
  by("valg").hidden = !by("valg").querySelector("select");
  overTime();
  byRegion();
})();
