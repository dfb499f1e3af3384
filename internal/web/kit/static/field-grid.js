// The grid of samples: a block that is pasted becomes rows; what the register says of them is asked for after a pause. Without it a block goes into
// the text area, and the button shows what follows.
"use strict";
const fieldGrid = (() => {
  const box = document.querySelector("[data-grid]");
  if (!box) return null;
  const form = box.closest("form"), add = form.querySelector("[data-add-row][value='grid']"), odd = form.querySelector("[data-grid-odd]"), most = 500;
  const order = ["code", "point", "medium", "sampled_time", "pollutant", "value", "unit", "limit", "limit_ref"];
  const rows = () => [...box.querySelectorAll("[data-row]")];
  const cell = (row, name) => row.querySelector("[name$='." + name + "']");
  const filled = (row) => [...row.querySelectorAll("input, select")].some((i) => i.value);

  box.addEventListener("paste", (e) => {
    const text = e.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!/[\t\n]/.test(text) || !e.target.name) return;
    e.preventDefault();
    const lines = text.split("\n");
    odd.replaceChildren();
    if (lines.length > most || /样品编号|点位|项目/.test(lines[0])) { // headings, and what is too much, are the register's to read
      const area = form.elements.grid_text;
      area.value = text;
      area.closest("details")?.setAttribute("open", "");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      if (lines.length > most) say(["粘贴了 " + lines.length + " 行，一次最多 " + most + " 行：放在“粘贴一块”里，没有登记，请分几次粘贴。"]);
      return;
    }
    const first = Math.max(0, order.indexOf(e.target.name.split(".").pop()));
    let at = rows().indexOf(e.target.closest("[data-row]"));
    for (const line of lines) {
      while (at >= rows().length) add.click();
      line.split("\t").forEach((value, i) => {
        const input = order[first + i] && cell(rows()[at], order[first + i]);
        if (input) input.value = value.trim();
      });
      at++;
    }
    if (filled(rows().at(-1))) add.click();
    e.target.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const say = (list) => odd.replaceChildren(...list.map((t) => { const li = document.createElement("li"); li.textContent = t; return li; }));
  let quiet, asked = 0;
  const judge = async () => {
    const body = new URLSearchParams(), shown = rows().filter(filled), mine = ++asked;
    for (const name of ["farm_id", "started_on", "start_time", "end_time", "standard"]) {
      const input = form.elements[name];
      if (input && input.value) body.set(name, input.value);
    }
    shown.forEach((row, i) => row.querySelectorAll("[name^='grid.']").forEach((input) => body.set("grid." + i + "." + input.name.split(".").pop(), input.value)));
    try {
      const res = await fetch("/field/judge", { method: "POST", body, headers: { Accept: "application/json" } });
      const answer = await res.json();
      if (mine !== asked) return;
      if (!res.ok) return say([answer.message]);
      say(answer.odd || []);
      shown.forEach((row, i) => {
        const x = answer.rows[i] || {}, p = row.querySelector("[data-says]");
        p.textContent = [x.limit && "限值 " + x.limit + " " + x.unit + (x.ref ? "（" + x.ref + "）" : ""), x.verdict, x.multiple && "超标 " + x.multiple + " 倍", x.open, x.problem].filter(Boolean).join("，");
        p.classList.toggle("over", x.verdict === "超标");
      });
    } catch { /* without a signal the register says it when it is sent */ }
  };
  const standard = form.elements.standard;
  standard.addEventListener("input", () => box.dispatchEvent(new Event("input")));
  box.addEventListener("input", () => { clearTimeout(quiet); quiet = setTimeout(judge, 700); });
  box.addEventListener("change", () => { if (filled(rows().at(-1)) && rows().length < most) { const at = document.activeElement; add.click(); at.focus(); } });
  return { judge };
})();
