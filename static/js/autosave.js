// Only adds: a form with data-autosave="place" data-person="id" saves itself every ten seconds when something was
// typed, and on leaving the page. It is sent to its own address with act=autosave and answered in JSON:
// 200 {at, version or fields: boxes that now hold something else, faults: what waits} · 409 {message, stored} somebody
// else saved meanwhile · 422 {faults} not yet in order. data-unsaved: the page shows what was refused; data-autosave-only
// ="browser": nothing is sent, it is only kept.
// What could not be saved stays in this browser until it is, or until signing out, and is offered on return; a page that
// says with data-saved="mark" that the form with this hidden mark was stored drops it, too (shortcuts.js).
// Every half minute act=here tells that the place is open; {others} are those who have it open, too.
const EVERY = 10_000;
const HERE = 30_000;
const PREFIX = "nhap:";
const UNSENT = new Set(["csrfmiddlewaretoken", "version", "act", "seen", "mark", "line"]);
const OF_ROW = /^(.+)-(\d+)-(\w+)$/; // a box in a table (rows.js)

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = `${PREFIX}${form.dataset.person}:${form.dataset.autosave}`;
    this.saved = "unsaved" in form.dataset ? "" : this.text();
    this.sending = this.stopped = this.waits = false;
    this.offerKept();
    for (const kind of ["input", "change", "paste", "click"]) form.addEventListener(kind, () => setTimeout(() => this.keep()));
    form.addEventListener("submit", () => { this.stopped = true; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.save(true); });
    addEventListener("pagehide", () => this.save(true));
    document.querySelector(".person-menu form")?.addEventListener("submit", () => this.signOut());
    setInterval(() => this.save(false), EVERY);
    setInterval(() => this.here(), HERE);
    this.here();
  }

  part(name) { return this.form.querySelector(`[data-autosave-${name}]`) || document.querySelector(`[data-autosave-${name}]`); }
  say(words) { const place = this.part("says"); if (place) place.textContent = words; }

  // What was typed, as one text that can be compared and kept.
  text() {
    return JSON.stringify(this.boxes().filter(([name]) => !/-\d+-(id|version)$/.test(name)));
  }

  boxes() { return [...new FormData(this.form)].filter(([name, value]) => !UNSENT.has(name) && typeof value === "string"); }

  // A table is kept whole; of another form the boxes that differ from what was saved, for others may change the rest.
  changed() {
    if (!this.saved || this.form.querySelector("[data-rows]")) return this.boxes();
    const saved = new Map(JSON.parse(this.saved));
    return this.boxes().filter(([name, value]) => saved.get(name) !== value);
  }

  keep() {
    const text = this.text();
    const mark = this.form.elements.mark?.value;
    if (text === this.saved && !this.waits) this.forget();
    else try { localStorage.setItem(this.key, JSON.stringify({ text, boxes: this.changed(), at: Date.now(), mark })); } catch { /* no room: the server still has it */ }
  }

  // A last try; after that nothing of this person stays in the browser.
  signOut() {
    this.save(true);
    this.stopped = true;
    this.forget();
  }

  forget() { localStorage.removeItem(this.key); }

  send(act, leaving) {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && name !== "act") data.append(name, value);
    data.append("act", act);
    return fetch(this.form.action, { method: "POST", body: data, keepalive: leaving, redirect: "manual", headers: { Accept: "application/json" } });
  }

  async save(leaving) {
    const text = this.text();
    if (this.stopped || this.sending || text === this.saved || this.form.dataset.autosaveOnly) return;
    this.keep();
    this.sending = true;
    try {
      const answer = await this.send("autosave", leaving);
      if (answer.status === 409) this.conflict(await answer.json());
      else if (answer.status === 422) this.say(`Chưa lưu: ${(await answer.json()).faults.join(" ")}`);
      else if (!answer.ok) throw new Error(answer.status);
      else this.stored(await answer.json(), text);
    } catch {
      this.say("Chưa lưu được, đang thử lại. Chữ vừa gõ được giữ trong trình duyệt này.");
    } finally {
      this.sending = false;
    }
  }

  stored(answer, text) {
    this.saved = text;
    this.waits = Boolean(answer.faults?.length);
    const fields = { ...(answer.version === undefined ? {} : { version: answer.version }), ...answer.fields };
    for (const [name, value] of Object.entries(fields)) if (this.form.elements[name]) this.form.elements[name].value = value;
    this.keep();
    this.say(`Đã lưu lúc ${answer.at}${this.waits ? `; còn chờ: ${answer.faults.slice(0, 3).join(" ")}` : ""}`);
  }

  conflict(answer) {
    this.stopped = true;
    this.keep();
    this.say("Chưa lưu");
    const stands = answer.stored ? " Bản đang lưu:" : "";
    this.banner(`${answer.message} Chữ của bạn vẫn còn trong ô; bấm Lưu để so hai bản rồi chọn.${stands}`, answer.stored);
  }

  // `quoted` is shown as it is; `buttons` are [words, what happens].
  banner(words, quoted, buttons = []) {
    const place = this.part("banner");
    if (!place) return;
    place.replaceChildren(words);
    if (quoted) {
      const quote = document.createElement("blockquote");
      quote.textContent = quoted;
      place.append(quote);
    }
    for (const [label, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm btn-outline-secondary";
      button.textContent = label;
      button.addEventListener("click", () => { place.hidden = true; act(); });
      place.append(" ", button);
    }
    place.hidden = false;
  }

  offerKept() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(this.key)); } catch { this.forget(); }
    if (!kept || kept.text === this.saved) return this.forget();
    if ("unsaved" in this.form.dataset) return; // the page itself shows it again
    const when = new Date(kept.at).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit" });
    const rows = kept.boxes || JSON.parse(kept.text);
    if (kept.boxes && !this.words(rows)) return this.forget();
    this.banner(`Có chữ bạn gõ lúc ${when} chưa lưu được:`, this.words(rows), [
      ["Dùng lại", () => { this.fill(rows); this.keep(); this.say("Đã lấy lại, chưa lưu"); }],
      ["Bỏ đi", () => this.forget()],
    ]);
  }

  isTyped(name) { return /^(text|textarea)$/.test(this.form.elements[name]?.type); }

  // What the kept boxes say, for who is to decide; of a table its rows that differ from the page, each on a line.
  words(rows) {
    const table = this.form.querySelector("[data-rows]")?.rowsTable;
    if (!table) return rows.filter(([name]) => this.isTyped(name)).map(([, value]) => value).join("\n");
    const lines = [...this.ofRows(rows)].map((boxes) => [...boxes].filter(([part, value]) => value && !/^(id|version|xoa)$/.test(part)).map(([, value]) => value).join(" · "));
    const shown = new Set([...this.ofRows(this.boxes())].map((boxes) => [...boxes].filter(([part, value]) => value && !/^(id|version|xoa)$/.test(part)).map(([, value]) => value).join(" · ")));
    return lines.filter((line) => line && !shown.has(line)).join("\n");
  }

  // The boxes of each row of a table, by the name of the column.
  ofRows(rows) {
    const found = new Map();
    for (const [name, value] of rows) {
      const [, , number, part] = OF_ROW.exec(name) || [];
      if (number !== undefined) found.set(number, (found.get(number) || new Map()).set(part, value));
    }
    return found.values();
  }

  fill(rows) {
    const table = this.form.querySelector("[data-rows]")?.rowsTable;
    if (table) for (const boxes of this.ofRows(rows)) table.restore(boxes);
    for (const [name, value] of rows) {
      if (table && OF_ROW.test(name)) continue;
      const box = this.form.elements[name];
      if (box instanceof RadioNodeList || (box && box.type !== "checkbox")) box.value = value;
    }
  }

  async here() {
    const place = this.part("others");
    if (!place || document.hidden) return;
    try {
      const answer = await this.send("here", false);
      if (!answer.ok) return;
      const { others } = await answer.json();
      place.hidden = !others.length;
      place.querySelector("span").textContent = `${others.join(", ")} ${place.dataset.autosaveOthers || "đang sửa mục này."}`;
    } catch { /* the next one may arrive */ }
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
