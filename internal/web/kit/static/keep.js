// What is typed into a long form of the desk is kept on the server after a pause, for its account alone, and offered when the form is opened again.
// Nothing of it is a change of the record. form[data-keep] says which forms.
"use strict";
(() => {
  const form = document.querySelector("form[data-keep]");
  const ask = (values) => fetch("/drafts", { method: "POST", body: new URLSearchParams(values), headers: { Accept: "application/json" } });
  // With all that the form was opened with: what was typed for one case's re-check is not offered in another's.
  const address = location.pathname + (/^\?[\w=&%.-]{1,200}$/.test(location.search) ? location.search : "");
  const bar = document.createElement("p"), text = () => { const d = new FormData(form); return new URLSearchParams([...d].filter(([name, v]) => typeof v === "string" && name !== "_token" && name !== "client_uid")).toString(); };
  bar.className = "field-hint";
  bar.setAttribute("role", "status");
  form.prepend(bar);

  let kept = text(), quiet;
  const keep = async () => {
    const now = text();
    if (now === kept || form.dataset.saving) return;
    const body = new FormData(form);
    for (const [name, v] of [...body]) if (typeof v !== "string") body.delete(name); // files are not kept
    body.set("_form", address);
    try {
      const res = await ask(body);
      if (!res.ok) throw 0;
      kept = now;
      bar.textContent = "已自动暂存 " + (await res.json()).saved_at + "，还没有保存。";
    } catch { bar.textContent = "没有暂存：连不上服务器，或登录已过期。内容还在本页。"; }
  };
  form.addEventListener("input", () => { clearTimeout(quiet); quiet = setTimeout(keep, 3000); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  form.addEventListener("submit", () => { clearTimeout(quiet); sessionStorage.setItem("casebook-saved", address); });

  const set = (name, value) => {
    const [, list, row] = name.match(/^(.*?)\.(\d+)\./) || [];
    for (let tries = 0; list && !form.elements[name] && tries <= Number(row); tries++) {
      const add = form.querySelector("[data-add-row][value='" + list + "']");
      if (!add) break;
      add.click();
    }
    const input = form.elements[name];
    if (!input) return;
    if (input instanceof RadioNodeList) [...input].forEach((i) => { if (i.type === "radio" || i.type === "checkbox") i.checked = i.value === value || (i.type === "checkbox" && i.checked); else i.value = value; });
    else if (input.type === "checkbox") input.checked = true;
    else {
      input.value = value;
      const search = input.matches("[data-lookup]") && input.parentElement.querySelector("[role=combobox]");
      if (search && value && search.value === "") search.value = "编号 " + value;
    }
  };
  (async () => {
    if (form.querySelector(".form-summary")) return; // what was sent stands in it
    const body = new FormData();
    await window.keptDropped;
    body.set("_form", address);
    body.set("_do", "get");
    const res = await ask(body);
    const draft = res.ok ? await res.json() : {};
    if (!draft.body) return;
    const button = (label, act) => { const b = document.createElement("button"); b.type = "button"; b.className = "button button-small"; b.textContent = label; b.addEventListener("click", act); return b; };
    const version = form.elements.version, newer = version && Number(version.value) !== draft.version;
    bar.append("有 " + draft.saved_at + " 暂存、没有保存的内容" + (newer ? "（之后别人保存过新的版本，保存时会列出两边供您合并）" : "") + "　",
      button("恢复", () => {
        for (const [name, value] of new URLSearchParams(draft.body)) if (name !== "_token") set(name, value);
        bar.textContent = "已恢复 " + draft.saved_at + " 暂存的内容，还没有保存。";
        form.dispatchEvent(new Event("input", { bubbles: true }));
      }), " ", button("丢弃", () => { ask({ _form: address, _do: "drop" }); bar.textContent = "已丢弃。"; }));
  })();
})();
