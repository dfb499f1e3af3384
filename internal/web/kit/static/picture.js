// Covers and crop of a picture, drawn on it. The number fields are what is sent; the page works without this.
"use strict";
(() => {
  const form = document.querySelector("form[data-picture]");
  if (!form) return;
  const PARTS = 1000, box = form.querySelector("[data-picture-canvas]"), preview = form.querySelector("[data-picture-preview]"), status = form.querySelector("[data-picture-status]");
  const modes = form.querySelector("[data-picture-modes]"), rows = form.querySelector("[data-rows=covers]"), cropRow = form.querySelector("[data-picture-crop]");
  modes.hidden = false;
  form.querySelector("[data-picture-help]").hidden = false;
  form.querySelector("[data-picture-refresh]").hidden = true;
  let mode = "mosaic";
  modes.addEventListener("click", (e) => {
    const button = e.target.closest("[data-mode]");
    if (!button) return;
    mode = button.dataset.mode;
    modes.querySelectorAll("[data-mode]").forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
  });

  // The fields of a rectangle: four numbers, and of a cover how it hides.
  const cells = (row) => ["x", "y", "w", "h"].map((k) => row.querySelector("input[name$='." + k + "']"));
  const how = (row) => row.querySelector("select[name$='.how']");
  const read = (row) => {
    const typed = cells(row).map((c) => c.value.trim());
    if (typed.every((v) => v === "")) return null;
    const [x, y, w, h] = typed.map(Number);
    return [x, y, w, h].every((v) => Number.isInteger(v) && v >= 0) && w > 0 && h > 0 ? { x, y, w, h } : null;
  };
  const write = (row, a) => {
    cells(row).forEach((c, i) => { c.value = a ? [a.x, a.y, a.w, a.h][i] : ""; });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const covers = () => [...rows.querySelectorAll("[data-row]")];
  const all = () => [...covers(), cropRow];
  const blankRow = () => {
    let row = covers().find((r) => cells(r).every((c) => c.value.trim() === ""));
    if (!row) {
      form.querySelector("[data-add-row][value=covers]").click();
      row = covers().at(-1);
    }
    return row;
  };

  // Each rectangle lies on the picture as a button: arrows move it, with Shift they make it larger or smaller, Delete takes it away.
  const marks = new Map();
  const place = (el, a) => {
    el.style.left = a.x / PARTS * 100 + "%"; el.style.top = a.y / PARTS * 100 + "%";
    el.style.width = a.w / PARTS * 100 + "%"; el.style.height = a.h / PARTS * 100 + "%";
  };
  const draw = () => {
    for (const [row, el] of marks) if (!row.isConnected || !read(row)) { el.remove(); marks.delete(row); }
    all().forEach((row, i) => {
      const a = read(row);
      if (!a) return;
      let el = marks.get(row);
      if (!el) {
        el = document.createElement("button");
        el.type = "button";
        el.addEventListener("keydown", (e) => key(e, row));
        box.append(el);
        marks.set(row, el);
      }
      const kind = row === cropRow ? "crop" : how(row).value ? "fill" : "mosaic";
      el.className = "picture-mark picture-mark-" + kind;
      el.setAttribute("aria-label", row === cropRow ? "裁剪范围" : "遮盖 " + (i + 1));
      place(el, a);
    });
  };
  const fit = (a) => {
    const w = Math.max(1, Math.min(PARTS, a.w)), h = Math.max(1, Math.min(PARTS, a.h));
    return { x: Math.max(0, Math.min(PARTS - w, a.x)), y: Math.max(0, Math.min(PARTS - h, a.y)), w, h };
  };
  const key = (e, row) => {
    const step = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[e.key], a = read(row);
    if (e.key === "Delete" || e.key === "Backspace") {
      e.preventDefault();
      write(row, null);
      return;
    }
    if (!step || !a) return;
    e.preventDefault();
    write(row, fit(e.shiftKey ? { ...a, w: a.w + step[0], h: a.h + step[1] } : { ...a, x: a.x + step[0], y: a.y + step[1] }));
  };

  // Drawing: from where the pointer goes down to where it is; a mark that is dragged is moved.
  let drag = null;
  const at = (e) => {
    const r = box.getBoundingClientRect(), part = (v, size) => Math.round(Math.max(0, Math.min(1, v / size)) * PARTS);
    return { x: part(e.clientX - r.left, r.width), y: part(e.clientY - r.top, r.height) };
  };
  box.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return;
    const mark = e.target.closest(".picture-mark"), p = at(e);
    const held = mark && [...marks].find(([, el]) => el === mark);
    if (held && held[0] !== cropRow) drag = { row: held[0], moved: read(held[0]), from: p };
    else drag = { row: mode === "crop" ? cropRow : blankRow(), from: p };
    if (!drag.moved && mode !== "crop") how(drag.row).value = mode === "fill" ? "涂盖" : "";
    drag.id = e.pointerId;
    try { box.setPointerCapture(e.pointerId); } catch { /* the pointer is up already */ }
    if (!drag.moved) e.preventDefault();
  });
  box.addEventListener("pointermove", (e) => {
    if (!drag || drag.id !== e.pointerId) return;
    const p = at(e), f = drag.from;
    if (drag.moved) { write(drag.row, fit({ ...drag.moved, x: drag.moved.x + p.x - f.x, y: drag.moved.y + p.y - f.y })); return; }
    const a = { x: Math.min(p.x, f.x), y: Math.min(p.y, f.y), w: Math.abs(p.x - f.x), h: Math.abs(p.y - f.y) };
    if (a.w >= 5 && a.h >= 5) write(drag.row, fit(a));
  });
  const end = (e) => {
    if (!drag || drag.id !== e.pointerId) return;
    const el = marks.get(drag.row);
    drag = null;
    if (el) el.focus({ preventScroll: true });
  };
  box.addEventListener("pointerup", end);
  box.addEventListener("pointercancel", end);

  // The preview is the server's: what it shows is what is stored.
  let waiting = 0, asked = "";
  const refresh = () => {
    const q = new URLSearchParams(), say = (a) => [a.x, a.y, a.w, a.h].join(","), crop = read(cropRow);
    if (crop) q.set("crop", say(crop));
    covers().forEach((row) => { const a = read(row); if (a) q.append(how(row).value ? "fill" : "mosaic", say(a)); });
    const address = form.dataset.picture + "?" + q;
    if (address === asked) return;
    asked = address;
    status.textContent = "正在更新预览…";
    preview.src = address;
  };
  preview.addEventListener("load", () => { status.textContent = "预览已更新，还没有保存的改动也在里面。"; });
  preview.addEventListener("error", () => { status.textContent = "预览没有做成，请核对数字，稍后再试。"; });
  form.addEventListener("input", () => {
    draw();
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 500);
  });
  form.addEventListener("change", draw);
  draw();
})();
