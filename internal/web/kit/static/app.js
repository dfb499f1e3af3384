// Everything here is a convenience: each page works without it.
"use strict";

// How many rows of a list are ticked; a box that ticks all of the page stands before the count.
document.querySelectorAll("form[data-chosen]").forEach((form) => {
  const boxes = [...document.querySelectorAll("input[form='" + form.getAttribute("id") + "']")], shown = form.querySelector("[data-chosen-count]");
  const all = document.createElement("label"), box = document.createElement("input");
  box.type = "checkbox";
  box.className = "tick";
  all.className = "chosen-label";
  all.append(box, "全选本页");
  shown.before(all);
  const count = () => {
    const n = boxes.filter((b) => b.checked).length;
    shown.textContent = n ? "已选 " + n + " 件" : "勾选的案件";
    box.checked = n > 0 && n === boxes.length;
  };
  box.addEventListener("change", () => { boxes.forEach((b) => { b.checked = box.checked; }); count(); });
  boxes.forEach((b) => b.addEventListener("change", count));
  window.addEventListener("pageshow", count);
  count();
});

// Rows of a list open on click and Enter; the link inside stays the real thing (middle click, screen readers).
document.addEventListener("click", (e) => {
  const row = e.target.closest("tr[data-href]");
  if (!row || e.target.closest("a, button, input, select, label, summary")) return;
  if (String(window.getSelection())) return; // someone is copying text
  if (e.ctrlKey || e.metaKey) window.open(row.dataset.href, "_blank", "noopener");
  else location.href = row.dataset.href;
});

// Filters apply as soon as a choice is made.
document.querySelectorAll("form[data-filters] select").forEach((s) => s.addEventListener("change", () => s.form.requestSubmit()));
// Empty filters stay out of the address.
document.querySelectorAll("form[data-filters]").forEach((f) => f.addEventListener("submit", () => {
  f.querySelectorAll("input, select").forEach((i) => { if (!i.value) i.disabled = true; });
}));

// The names of chosen files stand in our box, since the browser's own is unseen.
const named = (i) => {
  const name = i.closest(".file-box")?.querySelector(".file-name");
  if (!name) return;
  name.textContent = i.files.length ? [...i.files].map((f) => f.name).join("、") : "还没有选择文件";
  name.classList.toggle("chosen", i.files.length > 0);
};
document.querySelectorAll(".file-box input").forEach((i) => { named(i); i.addEventListener("change", () => named(i)); });

// Of a row of panels the present one is in sight on a phone too.
document.querySelectorAll(".tabs [aria-current]").forEach((a) => { a.parentNode.scrollLeft = a.offsetLeft - (a.parentNode.clientWidth - a.offsetWidth) / 2; });

// An old link to a place on the page of a case leads to the panel where the place is now.
const panels = document.querySelector("[data-places]"), wanted = location.hash.slice(1);
if (panels && wanted && !document.getElementById(wanted)) {
  const name = wanted.split("-")[0], tab = [...panels.querySelectorAll("a[data-holds]")].find((a) => a.dataset.holds.split(" ").includes(name));
  if (tab && !tab.hasAttribute("aria-current")) location.replace(tab.href + "#" + wanted);
}

// The error summary takes the focus, so that it is read first.
const summary = document.querySelector("[data-autofocus]");
if (summary) summary.focus();

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { e.preventDefault(); return; }
  if (form.hasAttribute("data-once") && !(e.submitter && e.submitter.name === "_add")) {
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = "1";
  }
  form.dataset.saving = "1";
});
// Coming back with the browser's button restores the page as it was left: it may be sent again.
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((f) => { delete f.dataset.sent; delete f.dataset.saving; }));

// Unsaved changes are not lost by a slip.
document.querySelectorAll("form[data-guard]").forEach((form) => {
  let changed = !!form.querySelector(".form-summary");
  form.addEventListener("input", () => { changed = true; });
  window.addEventListener("beforeunload", (e) => { if (changed && !form.dataset.saving) e.preventDefault(); });
});

// How many cases of a reading are ticked.
document.querySelectorAll("form").forEach((form) => {
  const boxes = [...form.querySelectorAll("[data-take]")], shown = form.querySelector("[data-count='take']");
  if (!boxes.length || !shown) return;
  const button = shown.closest("button"), icon = button.querySelector("svg");
  const count = () => {
    const n = boxes.filter((b) => b.checked).length;
    button.replaceChildren(icon, n ? " 导入所选 " + n + " 案" : " 导入所选案件");
  };
  form.addEventListener("change", count);
  count();
});

// Repeated rows: the last row is blank; a copy of it is the next one.
function renumber(row, from, to) {

  row.querySelectorAll("[name], [id], [for], [aria-describedby]").forEach((el) => {
    for (const a of ["name", "id", "for", "aria-describedby"]) if (el.hasAttribute(a)) {
      const sep = a === "name" ? "." : "-";
      el.setAttribute(a, el.getAttribute(a).split(sep + from + sep).join(sep + to + sep));
    }
  });

}
document.querySelectorAll("[data-rows]").forEach((box) => {
  const list = box.dataset.rows;
  const number = (row) => {
    const el = row.querySelector("[name^='" + list + ".']");
    return el ? Number(el.name.slice(list.length + 1).split(".")[0]) : 0;
  };
  const rows = () => [...box.querySelectorAll("[data-row]")];
  const blank = rows().at(-1);
  if (!blank) return;
  const pattern = blank.cloneNode(true);
  const remove = (row) => row.querySelectorAll("[data-remove-row]").forEach((b) => {
    b.hidden = false;
    b.addEventListener("click", () => {
      if (rows().length > 1) row.remove();
      else row.querySelectorAll("input, textarea, select").forEach((i) => { i.value = ""; });
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  rows().forEach(remove);
  const add = (box.closest("form") || document).querySelector("[data-add-row][value='" + list + "']");
  if (add) add.addEventListener("click", (e) => {
    e.preventDefault();
    const next = Math.max(...rows().map(number)) + 1;
    const row = pattern.cloneNode(true);
    renumber(row, String(number(pattern)), String(next));
    const last = rows().at(-1);
    last.after(row);
    remove(row);
    row.querySelectorAll("[data-lookup]").forEach(lookup);
    const first = row.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus();
  });
});

// A limit chosen from the catalogue fills its row at once; without JavaScript the server does when the form is sent.
document.querySelectorAll("[data-pick]").forEach((pick) => pick.addEventListener("change", () => {
  const option = pick.selectedOptions[0], row = pick.name.slice(0, -"pick".length), cell = (name) => pick.form.elements[row + name];
  if (!option.value) return;
  const unit = option.dataset.unit, plain = (s) => s.replace(/（.*/, "").toLowerCase();
  cell("limit").value = option.dataset.limit;
  cell("limit_from").value = "标准目录";
  cell("limit_ref").value = option.value;
  if (!cell("unit").value) cell("unit").value = unit;
  cell("limit_unit").value = plain(cell("unit").value) === plain(unit) ? "" : unit;
}));

// What a record is called in a list of proposals; an inspection has no name.
const labelOf = (i) => i.name || i.title || [i.started_on, i.kind, i.farm_name].filter(Boolean).join(" ");

// A reference becomes a search box: type a name, choose, and the hidden input holds the number.
function lookup(input) {
  if (!input.dataset.lookup) return;
  const url = input.dataset.lookup, box = document.createElement("div"), search = document.createElement("input"), list = document.createElement("ul");
  box.className = "lookup";
  search.type = "search";
  search.autocomplete = "off";
  search.placeholder = "输入名称搜索";
  search.value = input.dataset.chosen || "";
  search.id = input.id;
  search.setAttribute("role", "combobox");
  search.setAttribute("aria-expanded", "false");
  for (const a of ["aria-describedby", "aria-invalid", "aria-required"]) if (input.hasAttribute(a)) search.setAttribute(a, input.getAttribute(a));
  list.className = "lookup-list";
  list.id = input.id + "-list";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  search.setAttribute("aria-controls", list.id);
  input.removeAttribute("id");
  input.type = "hidden";
  input.after(box);
  box.append(search, list);
  const chosen = box.parentElement.querySelector(".lookup-chosen");
  if (chosen) chosen.remove();
  let timer, items = [], at = -1, asked = 0;
  const close = () => { list.hidden = true; search.setAttribute("aria-expanded", "false"); at = -1; };
  const choose = (item) => {
    input.value = item.id;
    search.value = labelOf(item);
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: item }));
  };
  const mark = (n) => {
    const all = [...list.querySelectorAll("[role=option]")];
    if (!all.length) return;
    at = (n + all.length) % all.length;
    all.forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
    search.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  const show = () => {
    list.replaceChildren();
    if (!items.length) {
      const li = document.createElement("li");
      li.className = "lookup-none";
      li.textContent = "没有找到";
      list.append(li);
    }
    items.forEach((item, i) => {
      const li = document.createElement("li");
      li.setAttribute("role", "option");
      li.id = list.id + "-" + i;
      li.textContent = labelOf(item);
      const why = (item.former_names || []).map((n) => "曾用名 " + n).concat((item.found_by || []).map((f) => (f.label + " " + f.text).trim()));
      const more = [item.district, item.number, item.hint, ...why].filter(Boolean).join(" · ");
      if (more) { const s = document.createElement("small"); s.textContent = more; li.append(s); }
      li.addEventListener("mousedown", (e) => { e.preventDefault(); choose(item); });
      list.append(li);
    });
    list.hidden = false;
    search.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    const mine = ++asked;
    const at = new URL(url, location.href);
    at.searchParams.set("q", search.value.trim());
    at.searchParams.set("limit", "10");
    const res = await fetch(at, { headers: { Accept: "application/json" } });
    if (!res.ok || mine !== asked) return;
    items = (await res.json()).items || [];
    show();
  };
  search.addEventListener("input", (e) => {
    e.stopPropagation();
    input.value = ""; // what is typed is no choice yet
    input.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });
  search.addEventListener("focus", () => { if (!input.value) ask(); });
  search.addEventListener("blur", () => {
    close();
    if (!input.value) search.value = "";
  });
  search.addEventListener("keydown", (e) => {
    if (list.hidden) return;
    if (e.key === "ArrowDown") { e.preventDefault(); mark(at + 1); }
    if (e.key === "ArrowUp") { e.preventDefault(); mark(at - 1); }
    if (e.key === "Escape") close();
    if (e.key === "Enter" && at >= 0) { e.preventDefault(); choose(items[at]); }
  });
}
document.querySelectorAll("[data-lookup]").forEach(lookup);

// The search box of every page: "/" goes to it, what it finds shows while one types, the arrows go through that, Escape leads back.
const find = document.querySelector("[data-find]");
if (find) {
  const box = find.querySelector("input"), list = find.querySelector("[data-find-list]");
  let timer, asked = 0;
  const close = () => { list.hidden = true; asked++; clearTimeout(timer); };
  const place = () => {
    const r = box.getBoundingClientRect();
    list.style.top = r.bottom + 4 + "px";
    list.style.left = Math.max(8, Math.min(r.left, window.innerWidth - list.offsetWidth - 8)) + "px";
  };
  const ask = async () => {
    const q = box.value.trim(), mine = ++asked;
    if ([...q].length < 2) { close(); return; }
    const res = await fetch("/search?" + new URLSearchParams({ q })).catch(() => null);
    if (!res || !res.ok || mine !== asked) return;
    const found = new DOMParser().parseFromString(await res.text(), "text/html").querySelector("#found");
    const note = document.createElement("p");
    note.className = "find-note";
    note.setAttribute("role", "status");
    note.textContent = found ? "方向键选择，回车打开" : "没有找到";
    list.replaceChildren(...(found ? [...found.children] : []), note);
    list.hidden = false;
    place();
  };
  document.addEventListener("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
    e.preventDefault();
    box.focus();
    box.select();
  });
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 180); });
  find.addEventListener("keydown", (e) => {
    const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (e.key === "Escape" && !list.hidden) { e.preventDefault(); close(); box.focus(); }
    if (list.hidden || !links.length || (e.key !== "ArrowDown" && e.key !== "ArrowUp")) return;
    e.preventDefault();
    const to = at + (e.key === "ArrowDown" ? 1 : -1);
    if (to < 0) box.focus();
    else links[Math.min(to, links.length - 1)].focus();
  });
  document.addEventListener("focusin", (e) => { if (!find.contains(e.target)) close(); });
  document.addEventListener("click", (e) => { if (!find.contains(e.target)) close(); });
  window.addEventListener("resize", () => { if (!list.hidden) place(); });
}

// Copy a value to the clipboard (needs https or this machine).
document.querySelectorAll("[data-copy]").forEach((b) => {
  if (!navigator.clipboard) return;
  b.hidden = false;
  b.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(b.dataset.copy).textContent);
    b.textContent = "已复制";
  });
});

// Most papers are entered on the day they are made.
const todayHere = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
document.querySelectorAll("form [data-date]").forEach((input) => {
  const b = document.createElement("button");
  b.type = "button";
  b.className = "button button-small today";
  b.textContent = "今天";
  b.addEventListener("click", () => {
    input.value = input.form.dataset.today || todayHere();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input.classList.add("with-today");
  input.after(b);
});

document.querySelectorAll("[data-print]").forEach((b) => { b.hidden = false; b.addEventListener("click", () => window.print()); });

// A long list of choices is narrowed by typing: [data-narrow] names the box that holds [data-narrow-item].
document.querySelectorAll("[data-narrow]").forEach((input) => {
  const box = document.getElementById(input.dataset.narrow);
  const apply = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    box.querySelectorAll("[data-narrow-item]").forEach((item) => {
      const text = (item.textContent + (item.dataset.narrowItem || "")).toLowerCase();
      item.hidden = !words.every((w) => text.includes(w));
    });
    box.querySelectorAll("[data-narrow-group]").forEach((g) => { g.hidden = ![...g.querySelectorAll("[data-narrow-item]")].some((i) => !i.hidden); });
  };
  input.addEventListener("input", (e) => { e.stopPropagation(); apply(); });
  input.addEventListener("keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });
});

// Long work tells by itself how far it is; where some of it has ended, the page is read anew.
document.querySelectorAll("[data-events]").forEach((box) => {
  const from = new EventSource(box.dataset.events);
  from.addEventListener("message", (e) => {
    for (const job of JSON.parse(e.data)) {
      const row = box.querySelector("[data-job='" + job.id + "']");
      if (!row || row.dataset.state !== job.state) { from.close(); location.reload(); return; }
      const bar = row.querySelector("progress"), now = row.querySelector("[data-now]");
      if (bar && job.percent >= 0) bar.value = job.percent;
      else if (bar) bar.removeAttribute("value");
      if (now) now.textContent = job.now;
    }
  });
  from.addEventListener("end", () => from.close());
});

// Who signs out, or stands before the sign-in page, leaves no key of unsent work on this phone: what is unsent stays, and only its account opens it again.
const forgetKey = () => {
  if (!window.indexedDB) return;
  const ask = indexedDB.open("casebook-field");
  ask.onupgradeneeded = () => ask.transaction.abort(); // there is none
  ask.onsuccess = () => {
    if (ask.result.objectStoreNames.contains("session")) ask.result.transaction("session", "readwrite").objectStore("session").clear();
    ask.result.close();
  };
};
document.querySelectorAll("form[action='/logout']").forEach((f) => f.addEventListener("submit", forgetKey));
if (document.querySelector("form[action='/login']")) forgetKey();

// A form whose typing was kept (keep.js) and that did not come back with something wrong is saved: what was kept of it goes.
const savedForm = sessionStorage.getItem("casebook-saved");
if (savedForm && !document.querySelector("form[data-keep] .form-summary")) {
  sessionStorage.removeItem("casebook-saved");
  window.keptDropped = fetch("/drafts", { method: "POST", body: new URLSearchParams({ _form: savedForm, _do: "drop" }) }).catch(() => {});
}
