// The entry of a visit: steps one at a time, farms found on the phone, sentences of scenes, what is typed kept at every stroke, sent when it can be.
"use strict";
(async () => {
  const form = document.querySelector("[data-visit]");
  if (!form) return;
  document.body.classList.add("scripted");
  const $ = (s) => form.querySelector(s), $$ = (s) => [...form.querySelectorAll(s)], el = form.elements;
  const shell = document.body.hasAttribute("data-shell"), now = new Date();
  const clock = () => new Date().toTimeString().slice(0, 5);
  const fire = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));
  const value = (name) => (el[name] ? el[name].value : "");
  const set = (name, v) => {
    const list = el[name];
    if (!list) return false;
    if (list instanceof RadioNodeList) [...list].forEach((r) => { r.checked = r.value === v; });
    else if (list.type === "checkbox" || list.type === "radio") list.checked = list.value === v;
    else list.value = v;
    return true;
  };

  // Steps.
  const steps = $$("[data-step]"), prev = $("[data-prev]"), next = $("[data-next]"), sends = $$("[data-submit]");
  const roomy = window.matchMedia("(min-width: 900px)"); // of a desk: all steps are in view
  const open = $("[data-open]"), atEnd = () => roomy.matches || at === steps.length - 1;
  let at = 0;
  const step = (n, quiet) => {
    at = Math.max(0, Math.min(steps.length - 1, n));
    steps.forEach((s, i) => { s.hidden = !roomy.matches && i !== at; });
    prev.hidden = roomy.matches || at === 0;
    next.hidden = atEnd();
    sends.forEach((b) => { b.hidden = !atEnd(); });
    document.querySelector("[data-step-name]").textContent = roomy.matches ? "现场录入" : (at + 1) + "/" + steps.length + " " + steps[at].dataset.step;
    if (atEnd()) missing();
    if (!quiet) { window.scrollTo(0, 0); steps[at].querySelector("h2").setAttribute("tabindex", "-1"); steps[at].querySelector("h2").focus(); }
  };
  roomy.addEventListener("change", () => step(at, true));
  prev.addEventListener("click", () => step(at - 1));
  next.addEventListener("click", () => step(at + 1));
  const goTo = (id) => {
    const input = document.getElementById(id), of = input && input.closest("[data-step]");
    if (!of) return;
    step(steps.indexOf(of), true);
    for (let d = input.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    input.scrollIntoView({ block: "center" });
    input.focus();
  };
  form.addEventListener("click", (e) => {
    const a = e.target.closest("[data-summary] a, [data-missing] a");
    if (a) { e.preventDefault(); goTo(a.getAttribute("href").slice(1)); }
  });
  const summary = (problem) => {
    const box = $("[data-summary]"), list = document.createElement("ul"), div = document.createElement("div"), p = document.createElement("p"), all = document.createElement("div");
    p.textContent = problem.message;
    list.append(...problem.errors.map((x) => {
      const li = document.createElement("li"), a = document.createElement("a");
      a.href = "#f-" + x.field.replaceAll(".", "-");
      a.textContent = x.label;
      li.append(a, "：" + x.message);
      return li;
    }));
    div.append(p, list);
    all.append(div);
    all.className = "alert alert-danger form-summary";
    all.setAttribute("role", "alert");
    box.replaceChildren(all);
    window.scrollTo(0, 0);
  };

  // What the law still asks of a record before it is submitted, as far as the phone can see it; the register says the last word.
  const asked = [["farm_id", "养殖场"], ["kind", "检查类型"], ["started_on", "检查日期"], ["start_time", "开始时间"], ["end_time", "结束时间"], ["place", "检查地点"], ["findings", "现场情况"]];
  const officersThere = () => $$("[name^='officers.']").filter((i) => /officer_id$|name$/.test(i.name) && i.value).map((i) => i.name.split(".")[1]).filter((n, i, all) => all.indexOf(n) === i).length + (value("partner") && $("[name=partner]:checked") ? 1 : 0);
  const missing = () => {
    const list = asked.filter(([name]) => !value(name) && !(name === "farm_id" && value("farm_name"))).map(([name, label]) => [name, label]);
    if (officersThere() < 2) list.push(["officers-0-officer_id", "两名以上执法人员"]);
    if (value("kind") !== "暗查") for (const [name, label] of [["certificate_shown", "出示执法证件"], ["rights_told", "告知权利义务"]]) if (value(name) !== "是") list.push([name, label]);
    if (!["发现违法", "未发现违法"].includes(value("result"))) list.push(["result", "检查结果"]);
    if (["拒绝签名", "不在现场"].includes(value("signature")) && !value("refusal_reason")) list.push(["refusal_reason", "未签名的原因"]);
    if (open) open.hidden = value("result") !== "发现违法";
    const box = $("[data-missing]");
    box.hidden = !list.length;
    box.querySelector("ul").replaceChildren(...list.map(([name, label]) => {
      const li = document.createElement("li"), a = document.createElement("a");
      a.href = "#f-" + name;
      a.textContent = label;
      li.append(a);
      return li;
    }));
  };
  $("[data-now]").hidden = $("[data-state]").hidden = false;
  $("[data-now]").addEventListener("click", () => { set("end_time", clock()); fire(el.end_time); });
  $("[data-state]").addEventListener("click", () => { set("party_opinion", form.dataset.statement); fire(el.party_opinion); });

  const me = await fieldReady;
  if (me) document.body.classList.add("kept");

  // Selects of the kept page have no choices of their own: the phone knows them.
  const options = (select, list) => list.forEach(([v, label]) => { if (![...select.options].some((o) => o.value === String(v))) select.add(new Option(label, v)); });
  const dress = () => {
    if (!me || !shell) return;
    $$("select[name$='.officer_id']").forEach((s) => options(s, me.officers.map((o) => [o.id, o.label])));
    for (const [name, list] of [["organ_id", me.organs], ["campaign_id", me.campaigns], ["farm_district", me.districts]]) options(el[name], (list || []).map((o) => [o.Value, o.Label]));
    const p = me.officers.find((o) => o.id === me.partner), box = $("[data-partner]");
    if (p && !box.firstElementChild) {
      const label = document.createElement("label"), input = document.createElement("input"), span = document.createElement("span");
      label.className = "choice";
      Object.assign(input, { type: "checkbox", name: "partner", value: p.id });
      span.textContent = "常与您同组，今天同去：" + p.label;
      label.append(input, span);
      box.append(label);
    }
  };
  dress();
  const certificates = () => {
    const day = value("started_on"), says = $("[data-cert-says]");
    const bad = me && /^\d{4}-\d\d-\d\d$/.test(day) ? $$("select[name$='.officer_id'], [name=partner]:checked").map((s) => me.officers.find((o) => String(o.id) === s.value)).filter((o) => o && ((o.to && o.to < day) || (o.from && o.from > day))) : [];
    says.hidden = !bad.length;
    says.textContent = bad.map((o) => o.name + "的执法证 " + day + " 不在有效期内（" + (o.from || "") + " 至 " + (o.to || "") + "）").join("；");
  };

  // Farms: by name, initials, number, distance, out of what the phone has; else the register is asked.
  const farms = (me && me.farms) || [], found = $("[data-farms]"), says = $("[data-find-says]");
  const metres = (f, p) => {
    const rad = Math.PI / 180, y = Math.sin((f.latitude - p.latitude) * rad / 2), x = Math.sin((f.longitude - p.longitude) * rad / 2);
    return 12742017.6 * Math.asin(Math.sqrt(y * y + Math.cos(f.latitude * rad) * Math.cos(p.latitude * rad) * x * x));
  };
  const offer = (list) => {
    const chosen = value("farm_id");
    found.replaceChildren(...list.slice(0, 8).map((f) => {
      const label = document.createElement("label"), input = document.createElement("input"), span = document.createElement("span");
      label.className = "choice";
      Object.assign(input, { type: "radio", name: "farm_id", value: f.id, checked: String(f.id) === chosen });
      span.textContent = [f.name, f.where, f.operator, f.far].filter(Boolean).join(" · ");
      label.append(input, span);
      input.addEventListener("change", () => choose(f));
      return label;
    }));
  };
  let searches = 0;
  const search = async () => {
    const q = value("farm_q").trim().toLowerCase(), mine = ++searches;
    if (!q) return offer([]);
    let list = farms.filter((f) => f.name.toLowerCase().includes(q) || String(f.id) === q || (f.initials || "").split(" ").some((s) => s.includes(q)) || (f.where || "").includes(q));
    if (!list.length && (!me || me.more)) {
      try {
        const res = await fetch("/api/v1/farms?limit=8&q=" + encodeURIComponent(q), { headers: { Accept: "application/json" } });
        if (res.ok) list = (await res.json()).items.map((f) => ({ id: f.id, name: f.name, where: f.town, operator: f.operator }));
      } catch { /* no signal */ }
    }
    if (mine !== searches) return; // something else is asked by now
    says.textContent = list.length ? "" : "没有找到；没有登记过的在下面填名称和辖区。";
    offer(list);
  };
  // What a farm fills in gives way to what the next one chosen has, unless somebody typed over it.
  let given = {};
  const choose = async (f) => {
    draft.name = f.name;
    const was = given, free = (name) => !value(name) || value(name) === was[name];
    given = {};
    const fill = (values) => {
      if (!Object.keys(values).every(free)) return;
      for (const [name, v] of Object.entries(values)) { set(name, v); given[name] = v; }
    };
    fill({ place: f.where || "" });
    if (el.party_id) {
      fill({ party_id: f.operator_id ? String(f.operator_id) : "" });
      const shown = document.getElementById("f-party_id");
      if (shown && "party_id" in given) shown.value = f.operator || "";
    }
    fill({ "position.longitude": f.longitude ? String(f.longitude) : "", "position.latitude": f.latitude ? String(f.latitude) : "", "position.datum": (f.longitude && f.datum) || "" });
    changed();
    const last = $("[data-last]");
    last.hidden = true;
    try {
      const res = await fetch("/farms/" + f.id + "/last", { headers: { Accept: "application/json" } });
      const answer = res.ok ? await res.json() : {};
      if (!answer.values) return;
      last.hidden = false;
      $("[data-last-on]").textContent = "（" + answer.on + " " + answer.kind + "）";
      last.answer = answer.values;
    } catch { /* no signal: nothing to copy */ }
  };
  let pause;
  el.farm_q.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 150); });
  $("[data-find-go]").addEventListener("click", (e) => { e.preventDefault(); search(); });
  $("[data-last-go]").addEventListener("click", (e) => {
    const values = $("[data-last]").answer;
    if (!values) return; // of a page that the server made: it answers the button itself
    e.preventDefault();
    restore(Object.fromEntries(Object.entries(values).filter(([name]) => !value(name))));
    drawPath();
    changed();
  });
  const locate = $("[data-locate]");
  locate.hidden = !navigator.geolocation || !window.isSecureContext;
  locate.addEventListener("click", () => {
    says.textContent = "正在定位…";
    navigator.geolocation.getCurrentPosition((pos) => {
      const p = pos.coords;
      set("position.longitude", p.longitude.toFixed(6));
      set("position.latitude", p.latitude.toFixed(6));
      set("position.datum", "WGS-84");
      changed();
      const near = farms.filter((f) => f.longitude && f.datum !== "GCJ-02" && f.datum !== "BD-09").map((f) => ({ ...f, m: metres(f, p) })).sort((a, b) => a.m - b.m).slice(0, 5);
      near.forEach((f) => { f.far = f.m < 1000 ? Math.round(f.m) + " 米" : (f.m / 1000).toFixed(1) + " 公里"; });
      says.textContent = "已定位，误差约 " + Math.round(p.accuracy) + " 米" + (near.length ? "；最近的养殖场：" : "；手机里没有带坐标的养殖场。");
      offer(near);
    }, (err) => { says.textContent = err.code === 1 ? "没有允许定位：可以在浏览器设置里打开，或手工填坐标。" : "定位没有成功，请到室外再试，或手工填坐标。"; }, { enableHighAccuracy: true, timeout: 20000 });
  });

  // Scenes: gaps become sentences and places.
  const gaps = $("[data-gaps]"), fill = $("[data-fill]");
  const scene = () => { const r = $("[name=scene]:checked"); return r ? JSON.parse(r.dataset.scene) : null; };
  const askGaps = () => {
    const s = scene();
    if (!s) return;
    gaps.replaceChildren(...s.gaps.map((g) => {
      const div = document.createElement("div"), label = document.createElement("label"), input = document.createElement("input");
      div.className = "field";
      label.className = "field-label";
      label.textContent = g.label;
      Object.assign(input, { type: "text", name: "gap." + g.name, id: "f-gap-" + g.name, value: g.value || "", autocomplete: "off" });
      if (g.number) input.inputMode = "numeric";
      if (g.choices) { const list = document.createElement("datalist"); list.id = "gap-" + g.name; g.choices.forEach((c) => list.append(new Option(c, c))); input.setAttribute("list", list.id); div.append(list); }
      label.htmlFor = input.id;
      div.prepend(label, input);
      return div;
    }));
    fill.textContent = "填入下面的句子";
    $("[data-shots-hint]").textContent = "建议拍：" + s.shots.join("、") + "。原图原样保存，一件最大 64 MB。";
  };
  $$("[name=scene]").forEach((r) => r.addEventListener("change", askGaps));
  const say = (s, typed) => {
    const into = (text) => { let whole = true; const out = text.replace(/\{([a-z]+)\}/g, (_, n) => { if (typed[n]) return typed[n]; whole = false; return "＿＿"; }); return [out, whole]; };
    return into(s.text.replace(/\[([^\]]*)\]/g, (_, part) => { const [out, whole] = into(part); return whole ? out : ""; }))[0];
  };
  fill.addEventListener("click", (e) => {
    e.preventDefault();
    const s = scene();
    if (!s) return;
    const typed = Object.fromEntries(s.gaps.map((g) => [g.name, value("gap." + g.name).trim()]));
    set("findings", (value("findings") + "\n" + say(s, typed)).trim());
    if (!value("path.nodes.0.name") && s.path) {
      s.path.forEach((n, i) => restore({ ["path.nodes." + i + ".kind"]: n.kind, ["path.nodes." + i + ".name"]: n.name.replace(/\{([a-z]+)\}/g, (_, g) => typed[g] || "") || n.kind, ["path.nodes." + i + ".state"]: n.state || "" }));
      if (typed.water) set("path.receiving_water", typed.water);
    }
    if (!value("result") || value("result") === "待定") set("result", s.result);
    if (!value("batch.proves")) set("batch.proves", s.name);
    drawPath();
    changed();
  });
  const drawPath = () => {
    const nodes = $$("[name^='path.nodes.'][name$='.name']").filter((i) => i.value).map((i) => ({ name: i.value, kind: value(i.name.replace(/name$/, "kind")), state: value(i.name.replace(/name$/, "state")) }));
    const water = value("path.receiving_water"), ol = document.createElement("ol");
    if (water) nodes.push({ name: water, kind: "受纳水体", state: "" });
    ol.append(...nodes.map((n) => {
      const li = document.createElement("li"), small = document.createElement("small");
      li.textContent = n.name;
      li.className = n.state || n.kind === "溢流口" || n.kind === "断裂处" ? "open" : "";
      small.textContent = [n.kind !== n.name && n.kind, n.state].filter(Boolean).join("，");
      li.append(small);
      return li;
    }));
    $("[data-path-live]").replaceChildren(...(nodes.length ? [ol] : []));
  };
  form.addEventListener("input", (e) => {
    if ((e.target.name || "").startsWith("path.")) drawPath();
    if (/officer_id$|^partner$|^started_on$/.test(e.target.name || "")) certificates();
    if (atEnd()) missing();
  });

  // A value for a row that is not there yet adds it.
  const restore = (values) => {
    for (const [name, v] of Object.entries(values)) {
      const [, list, row] = name.match(/^(.*?)\.(\d+)\./) || [];
      if (name.startsWith("gap.") && !el[name]) askGaps();
      if (list && list !== "photos") for (let tries = 0; !el[name] && tries <= Number(row); tries++) { const b = $("[data-add-row][value='" + list + "']"); if (!b) break; b.click(); dress(); }
      if (name === "farm_id" && v && !$("[name=farm_id][value='" + v + "']")) offer(farms.filter((f) => String(f.id) === v).concat({ id: v, name: draft.name || "编号 " + v }).slice(0, 1));
      set(name, v);
    }
    if (values.scene && !gaps.firstElementChild) { askGaps(); for (const [n, v] of Object.entries(values)) if (n.startsWith("gap.")) set(n, v); }
  };
  const collect = () => {
    const values = {};
    for (const [name, v] of new FormData(form)) if (typeof v === "string" && v !== "" && !["_token", "_add", "farm_q"].includes(name) && !name.startsWith("photos.")) values[name] = v;
    return values;
  };

  // The draft of this page: one that is kept, or a new one.
  const id = (location.pathname.match(/^\/field\/(\d+)$/) || [])[1], wanted = location.hash.slice(1);
  let draft = null, refusedHere = !!form.querySelector(".form-summary");
  if (me) draft = (await fieldStore.get(wanted || (id ? "i" + id : ""))) || null;
  if (draft && !refusedHere) {
    form.action = draft.post;
    restore(draft.values);
    if (draft.problem) summary(draft.problem);
  } else if (me && shell && id) {
    fieldNote("没有信号，登记册里的草稿打不开；这里可以另填一份新的。");
  }
  if (!draft) {
    draft = { uid: id ? "i" + id : value("client_uid") || (window.crypto.randomUUID ? crypto.randomUUID() : ""), post: id && !shell ? "/field/" + id : "/field", page: id && !shell ? "/field/" + id : "/field/new", name: "", photos: [], values: {} };
    if (me && shell) {
      const own = me.officers.find((o) => o.id === me.own);
      restore({ started_on: todayHere(), start_time: clock(), organ_id: String(me.organ_id || ""), ...(own ? { "officers.0.officer_id": String(own.id), recorder: own.name, "batch.maker": own.name } : {}) });
      if (me.doubt) fieldNote(me.doubt);
    }
    const chosen = $("[name=farm_id]:checked");
    if (chosen) draft.name = chosen.parentElement.textContent.trim();
  }
  if (shell && !el.client_uid && !draft.uid.startsWith("i")) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "client_uid", value: draft.uid }));
  if (me && !wanted) history.replaceState(null, "", "#" + draft.uid); // a page that is opened again finds it

  // Every stroke is kept. One write runs at a time; what comes meanwhile goes with the next.
  let saving = null, again = false;
  const changed = () => {
    draft.values = collect();
    if (!me) return;
    if (saving) { again = true; return saving; }
    saving = (async () => {
      do {
        again = false;
        try { await fieldStore.keep(draft); } catch (err) { fieldNote(fieldStore.full(err) ? "手机存储已满，刚才的改动没有存下：请先上传已有的记录，或清理手机存储。" : "没有存到手机上：" + err.message); }
      } while (again);
      saving = null;
      await fieldUnsent();
    })();
    return saving;
  };
  const edited = () => { draft.ready = false; return changed(); }; // what is being changed again is not sent by itself
  form.addEventListener("input", edited);
  form.addEventListener("change", edited);
  document.addEventListener("field-sent", (e) => { const mine = e.detail.find((x) => x.uid === draft.uid); if (mine && draft.ready) location.href = mine.href; });
  if (!fieldStore.safe) { // where nothing may be kept here, it is kept on the server, as the forms of the desk are
    form.dataset.keep = "";
    document.body.append(Object.assign(document.createElement("script"), { src: form.dataset.keepSrc }));
  }
  if (me) fieldPhotos(form, draft, edited);
  document.querySelector("[data-unsent]").addEventListener("click", () => { const box = document.querySelector("[data-drafts]"); box.dataset.open = box.dataset.open ? "" : "1"; box.hidden = !box.dataset.open; });
  window.addEventListener("hashchange", () => location.reload());

  form.addEventListener("submit", async (e) => {
    if (!me || (e.submitter && e.submitter.name === "_add")) return; // posted as it stands
    e.preventDefault();
    e.stopImmediatePropagation();
    if (draft.problem && draft.problem.merge) { // the server shows both sides; the photos are there already
      const hidden = (name, value) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      draft.photos.forEach((p, i) => hidden("photos." + i + ".upload", p.id));
      hidden("_action", draft.action);
      draft.problem.message = "已打开合并页面。合并保存之后，这一份可以丢弃。";
      await changed();
      form.submit();
      return;
    }
    draft.action = (e.submitter && e.submitter.value) || "draft";
    draft.ready = true;
    delete draft.problem;
    await changed();
    fieldNote("正在上传…");
    const href = await fieldStore.send(draft, (p, part) => fieldNote("正在上传照片“" + p.name + "” " + Math.round(100 * part) + "%"));
    await fieldUnsent();
    if (href) { location.href = href; return; }
    if (draft.problem) { fieldNote(""); summary(draft.problem); return; }
    if (draft.wait === "signed out") fieldSignIn();
    else fieldNote("已保存在这台手机上，还没有上传；有信号时自动上传，也可以按“现在上传”。");
    document.querySelector("[data-drafts]").dataset.open = "1";
    await fieldUnsent();
    window.scrollTo(0, 0);
  }, true);

  drawPath();
  certificates();
  const bad = form.querySelector("[aria-invalid], .field-problem:not([hidden])");
  step(bad ? Math.max(0, steps.indexOf(bad.closest("[data-step]"))) : 0, true);
  form.dataset.ready = "1";
})();
