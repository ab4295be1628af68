// Only adds to components/rows.html: rows are added and moved in place, a block copied from Excel is pasted into
// boxes, Enter and the arrows go to the same column of the next row.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim().replace(/\s+/g, " ");

class RowsTable {
  constructor(box) {
    this.box = box;
    box.rowsTable = this;
    this.body = box.querySelector("tbody");
    this.pattern = box.querySelector("template").content.querySelector("tr");
    this.next = this.body.rows.length;
    box.querySelector("[data-rows-hint]").hidden = false;
    box.addEventListener("click", (event) => this.clicked(event));
    box.addEventListener("keydown", (event) => this.pressed(event));
    box.addEventListener("paste", (event) => this.pasted(event));
    box.addEventListener("change", (event) => this.changed(event));
  }

  say(words) { this.box.querySelector("[data-rows-says]").textContent = words; }
  fields(row) { return [...row.cells].slice(1, -1).map((cell) => cell.querySelector("input, select, textarea")); }
  renumber() { [...this.body.rows].forEach((row, at) => { row.querySelector("[data-rows-number]").textContent = at + 1; }); }
  number(row) { return [...this.body.rows].indexOf(row) + 1; }

  // A new row after `row`, or at the end; null when the list is full.
  add(row) {
    if (this.body.rows.length >= Number(this.box.dataset.most)) {
      this.say(`Đã đủ ${this.box.dataset.most} dòng, không thêm được nữa.`);
      return null;
    }
    const made = this.pattern.cloneNode(true);
    const number = this.next++;
    for (const each of [made, ...made.querySelectorAll("*")]) {
      for (const attribute of each.attributes) attribute.value = attribute.value.replaceAll("__n__", number);
    }
    row ? row.after(made) : this.body.append(made);
    this.renumber();
    this.say(`Đã thêm dòng ${this.number(made)}.`);
    return made;
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (!button || button.type !== "submit") return;
    const act = button.name.slice(this.box.dataset.rows.length + 1);
    if (!["them", "len", "xuong"].includes(act)) return;
    event.preventDefault();
    if (act === "them") {
      const made = this.add(null);
      if (made) this.fields(made)[0].focus();
      return;
    }
    const row = button.closest("tr");
    const other = act === "len" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    act === "len" ? other.before(row) : other.after(row);
    this.renumber();
    button.focus();
    this.say(`Đã chuyển thành dòng ${this.number(row)}.`);
  }

  // A new row in which nothing was typed goes at once; any other stays, marked, until the list is saved.
  changed(event) {
    const row = event.target.closest(".rows-remove") && event.target.closest("tr");
    if (!row || !event.target.checked || row.querySelector("[name$='-id']").value) return;
    const same = (field, at) => (field.type === "checkbox" ? field.checked === field.defaultChecked : field.value === this.blank()[at].value);
    if (!this.fields(row).every(same)) return;
    const near = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    this.renumber();
    (near ? this.fields(near)[0] : this.box.querySelector("[name$='-them']")).focus();
    this.say("Đã bỏ dòng trống.");
  }

  // Puts kept boxes (column → text) back: into the row of the same stored object, else into a blank or a new one.
  restore(boxes) {
    const id = boxes.get("id");
    const parts = [...boxes].filter(([part]) => !["id", "version", "xoa"].includes(part));
    const defaults = new Map(this.blank().map((field) => [field.name.split("-").at(-1), field.value]));
    if (!id && parts.every(([part, value]) => value === (defaults.get(part) || ""))) return;
    const rows = [...this.body.rows];
    const found = id ? rows.find((row) => row.querySelector("[name$='-id']").value === id)
      : rows.find((row) => !row.querySelector("[name$='-id']").value && this.fields(row).every((field, at) => field.value === this.blank()[at].value));
    const row = found || this.add(null);
    if (!row) return;
    for (const field of this.fields(row)) {
      const value = boxes.get(field.name.split("-").at(-1));
      if (field.type === "checkbox") field.checked = value !== undefined;
      else if (value !== undefined) field.value = value;
    }
  }

  blank() { return this.fields(this.pattern); }

  go(row, at) {
    const field = row && this.fields(row)[at];
    if (!field) return;
    field.focus();
    if (field.select) field.select();
  }

  pressed(event) {
    const field = event.target;
    const row = field.closest("tbody tr");
    const at = row ? this.fields(row).indexOf(field) : -1;
    if (at < 0 || event.isComposing || event.altKey || event.shiftKey) return;
    const area = field.tagName === "TEXTAREA";
    const typed = area || (field.tagName === "INPUT" && field.type !== "checkbox" && !field.list); // there ↓ opens the list
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      this.go(this.add(row), 0);
    } else if (event.key === "Enter" && !area) {
      event.preventDefault();
      this.go(row.nextElementSibling || (this.is_blank(row) ? null : this.add(null)), at);
    } else if (event.key === "ArrowDown" && typed && (!area || field.selectionEnd === field.value.length)) {
      event.preventDefault();
      this.go(row.nextElementSibling, at);
    } else if (event.key === "ArrowUp" && typed && (!area || field.selectionStart === 0)) {
      event.preventDefault();
      this.go(row.previousElementSibling, at);
    }
  }

  is_blank(row) { return this.fields(row).every((field) => field.type === "checkbox" || !field.value); }

  pasted(event) {
    const first = event.target.closest("tbody tr");
    const column = first ? this.fields(first).indexOf(event.target) : -1;
    const block = column < 0 ? [] : cells(event.clipboardData.getData("text/plain"));
    if (block.length < 2 && (block[0] || []).length < 2) return;
    event.preventDefault();
    let row = first, filled = 0;
    const unread = [];
    for (const line of block) {
      row = filled ? row.nextElementSibling || this.add(null) : row;
      if (!row) break;
      const fields = this.fields(row);
      line.forEach((text, number) => {
        const field = fields[column + number];
        if (field && !put(field, text)) unread.push(`dòng ${this.number(row)}: “${text}”`);
      });
      filled += 1;
    }
    const left = block.length - filled;
    this.say([
      `Đã dán ${filled} dòng.`,
      left ? `Còn ${left} dòng không dán được vì danh sách đã đủ.` : "",
      unread.length ? `Không có trong danh sách để chọn: ${unread.join("; ")}.` : "",
    ].join(" ").trim());
    this.box.querySelector("[data-rows-says]").classList.toggle("visually-hidden", !left && !unread.length);
  }
}

// Puts pasted text into a box; of a list the option of that name, marks and case aside. False when there is none.
function put(field, text) {
  if (field.tagName === "SELECT") {
    const option = [...field.options].find((each) => fold(each.textContent) === fold(text)) || (text.trim() ? null : field.options[0]);
    if (option) field.value = option.value;
    return Boolean(option);
  }
  if (field.type === "checkbox") field.checked = ["x", "co", "1", "true"].includes(fold(text));
  else field.value = field.tagName === "TEXTAREA" ? text : text.replace(/\s+/g, " ").trim();
  return true;
}

// What Excel copies: cells between tabs, rows between line ends; a cell with either stands in quotes.
function cells(text) {
  const rows = [[]];
  const part = /(?:\t|\r?\n)(?:"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*))/g;
  const source = text.replace(/\r?\n$/, "");
  for (const found of `\t${source}`.matchAll(part)) {
    if (found[0][0] !== "\t") rows.push([]);
    rows.at(-1).push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
  }
  return rows;
}

// Two lists on a page bring this file twice.
for (const box of document.querySelectorAll("[data-rows]:not([data-ready])")) {
  box.dataset.ready = "1";
  new RowsTable(box);
}
