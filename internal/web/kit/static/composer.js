// Composing a bulletin: order by buttons, keys and dragging, text pasted from Word, unsaved text, the paper beside the form. The page works without it.
"use strict";
(() => {
  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const cards = () => [...form.querySelectorAll("[data-case]")];

  // Order: the numbers typed are what the server sorts by.
  const number = () => cards().forEach((card, i, all) => {
    card.querySelector("[data-case-n]").textContent = "案件 " + (i + 1);
    card.querySelector("input[name$='.seq']").value = i + 1;
    card.querySelector("[data-move=up]").disabled = i === 0;
    card.querySelector("[data-move=down]").disabled = i === all.length - 1;
  });
  const move = (card, up) => {
    const other = up ? card.previousElementSibling : card.nextElementSibling;
    if (!other) return;
    if (up) other.before(card); else other.after(card);
    number();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    card.scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("click", (e) => {
    const button = e.target.closest("[data-move]");
    if (!button) return;
    e.preventDefault();
    move(button.closest("[data-case]"), button.dataset.move === "up");
    if (!button.disabled) button.focus();
  });

  // Dragged by its handle, with a mouse, a pen or a finger: while it is, cards are folded to their heads, so that many are in sight.
  let drag = null;
  const order = () => cards().map((c) => c.dataset.case || c.id).join();
  const drop = (back) => {
    if (!drag) return;
    const { card, list, was, handle } = drag, before = drag.order;
    drag = null;
    if (back) was.forEach((c) => list.append(c));
    list.classList.remove("composer-dragging");
    card.classList.remove("dragged");
    card.scrollIntoView({ block: "nearest" });
    handle.focus();
    number();
    if (order() !== before) form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  form.querySelectorAll("[data-drag]").forEach((handle) => {
    if (cards().length < 2) return;
    handle.hidden = false;
    handle.addEventListener("pointerdown", (e) => {
      if (e.button !== 0) return;
      e.preventDefault();
      const card = handle.closest("[data-case]"), list = card.parentElement;
      drag = { card, list, handle, was: cards(), order: order() };
      handle.setPointerCapture(e.pointerId);
      list.classList.add("composer-dragging");
      card.classList.add("dragged");
      window.scrollBy(0, handle.getBoundingClientRect().top - e.clientY); // the head stays under the finger
    });
    handle.addEventListener("pointermove", (e) => {
      if (!drag) return;
      if (e.clientY < 60) window.scrollBy(0, -16);
      if (e.clientY > window.innerHeight - 90) window.scrollBy(0, 16);
      const middle = (c) => { const r = c.getBoundingClientRect(); return r.top + r.height / 2; };
      const next = drag.card.nextElementSibling, previous = drag.card.previousElementSibling;
      if (next && e.clientY > middle(next)) next.after(drag.card);
      else if (previous && e.clientY < middle(previous)) previous.before(drag.card);
      if (drag && !handle.hasPointerCapture(e.pointerId)) handle.setPointerCapture(e.pointerId); // moving it in the page lets it go
    });
    handle.addEventListener("pointerup", () => drop(false));
    handle.addEventListener("pointercancel", () => drop(true));
  });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") drop(true); });
  form.addEventListener("keydown", (e) => {
    if (!e.altKey || (e.key !== "ArrowUp" && e.key !== "ArrowDown")) return;
    const card = e.target.closest("[data-case]"), at = document.activeElement;
    if (!card) return;
    e.preventDefault();
    move(card, e.key === "ArrowUp");
    at.focus();
  });

  // Paste: a line for each paragraph, item and row; cells a blank apart; no styles. The server cleans what comes in another way.
  const lines = new Set("P DIV LI TR TABLE UL OL H1 H2 H3 H4 H5 H6 SECTION ARTICLE BLOCKQUOTE HR".split(" "));
  const unread = new Set("STYLE SCRIPT HEAD TITLE XML META LINK".split(" "));
  const han = /[\u2E80-\u9FFF\u3000-\u303F\uFF00-\uFFEF]/;
  const plain = (html) => {
    let out = "";
    const walk = (node) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          out += child.nodeValue.replace(/\u00A0/g, " ").replace(/[\r\n]+/g, "\uE000"); // a break of the source, until its neighbours are known
        } else if (child.nodeType === Node.ELEMENT_NODE && !unread.has(child.tagName)) {
          const line = lines.has(child.tagName);
          if (child.tagName === "BR" || line) out += "\n";
          walk(child);
          if (line) out += "\n";
          if (child.tagName === "TD" || child.tagName === "TH") out += " ";
        }
      }
    };
    walk(new DOMParser().parseFromString(html, "text/html").body);
    out = out.replace(/\s*\uE000[\s\uE000]*/g, (gap, at) => {
      const before = out[at - 1] || "\n", after = out[at + gap.length] || "\n";
      if (gap.includes("\n")) return "\n";
      return before === "\n" || han.test(before) || han.test(after) ? "" : " ";
    });
    return out.split("\n").map((l) => l.replace(/[ \t]+/g, " ").trim()).filter(Boolean).join("\n");
  };
  form.addEventListener("paste", (e) => {
    const into = e.target.closest("textarea, input[type=text]"), html = e.clipboardData && e.clipboardData.getData("text/html");
    if (!into || !html) return;
    let text = plain(html);
    if (!text) return;
    if (into.tagName === "INPUT") text = text.replace(/\n/g, " ");
    e.preventDefault();
    if (!document.execCommand("insertText", false, text)) { // the one way that the browser's undo knows
      into.setRangeText(text, into.selectionStart, into.selectionEnd, "end");
      into.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  // What is typed is kept on the server after a pause, without being saved.
  const said = form.querySelector("[data-autosave-status]");
  const unsettable = form.querySelector("[data-unsettable]");
  let quiet, sending, kept = null;
  const text = () => { const d = new FormData(form); d.delete("_token"); return [...d].map((p) => p.join("=")).join("&"); };
  const started = text();
  const keep = async () => {
    const now = text();
    if (now === (kept === null ? started : kept) || form.dataset.saving || sending) return;
    sending = new AbortController();
    try {
      const res = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, signal: sending.signal });
      const answer = (res.headers.get("Content-Type") || "").includes("json") ? await res.json() : {};
      if (res.ok) {
        unsettable.hidden = !answer.unsettable;
        unsettable.querySelector("[data-unsettable-text]").textContent = answer.unsettable || "";
        kept = now; said.textContent = "已自动暂存 " + answer.saved_at + (answer.message ? "。" + answer.message : "");
      }
      else said.textContent = "没有暂存：" + (answer.message || "请先登录或检查网络") + "。内容还在本页。";
    } catch (err) {
      if (err.name !== "AbortError") said.textContent = "没有暂存：连不上服务器。内容还在本页。";
    }
    sending = null;
  };
  form.addEventListener("submit", (e) => {
    clearTimeout(quiet);
    if (sending && !(e.submitter && e.submitter.matches("[data-preview-button]"))) sending.abort();
    if (e.submitter && e.submitter.matches("[data-preview-button]")) setTimeout(() => { delete form.dataset.sent; delete form.dataset.saving; });
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });

  // The paper beside the form, as the server prints it.
  const panel = document.querySelector("[data-preview-panel]"), paper = panel.querySelector("[data-preview-paper]"), state = panel.querySelector("[data-preview-status]");
  const wide = window.matchMedia("(min-width: 1100px)");
  let pause, asked = 0;
  const draw = async () => {
    if (!wide.matches) return;
    const mine = ++asked;
    try {
      const res = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
      const page = new DOMParser().parseFromString(await res.text(), "text/html"), sheet = page.querySelector(".paper");
      if (mine !== asked) return;
      if (!sheet) { state.textContent = "暂时不能预览，改过之后再试"; return; }
      paper.replaceChildren(document.adoptNode(sheet));
      state.textContent = "预览随输入更新，没有保存";
    } catch { if (mine === asked) state.textContent = "暂时不能预览：连不上服务器"; }
  };
  const show = () => { panel.hidden = !wide.matches; if (wide.matches) draw(); };
  wide.addEventListener("change", show);
  show();
  form.addEventListener("focusin", (e) => {
    const card = e.target.closest("[data-case]");
    if (!card || panel.hidden) return;
    const there = cards().filter((c) => !c.querySelector("input[name$='.remove']").checked), sheet = paper.querySelectorAll(".paper-case")[there.indexOf(card)];
    if (sheet) panel.scrollTop = sheet.offsetTop - panel.offsetTop - 16;
  });

  form.addEventListener("input", () => {
    clearTimeout(quiet);
    quiet = setTimeout(keep, 3000);
    clearTimeout(pause);
    pause = setTimeout(draw, 900);
  });
})();
