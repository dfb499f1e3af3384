// What is typed and photographed and not sent yet. It lies in this browser (IndexedDB), encrypted (AES-GCM) with a key that the account gets when it
// is signed in: another account on the same phone neither reads nor loses it. The key is kept so that nobody can take it out (non-extractable), and
// forgotten where somebody signs out (app.js). WebCrypto and service workers exist only where the page came by https or from this machine: where they
// do not, nothing is kept here and the page says so.
"use strict";
const fieldStore = (() => {
  const safe = window.isSecureContext && !!window.indexedDB && !!window.crypto.subtle;
  let me = null, key = null, db = null;
  const enc = new TextEncoder(), dec = new TextDecoder();
  const done = (req) => new Promise((ok, no) => { req.onsuccess = () => ok(req.result); req.onerror = () => no(req.error); });

  const open = async () => {
    if (db) return db;
    const req = indexedDB.open("casebook-field", 1);
    req.onupgradeneeded = () => {
      req.result.createObjectStore("session");
      req.result.createObjectStore("drafts", { keyPath: "uid" });
      req.result.createObjectStore("photos", { keyPath: "id" });
    };
    db = await done(req);
    db.onversionchange = () => { db.close(); db = null; };
    return db;
  };
  const store = async (name, mode, act) => {
    const tx = (await open()).transaction(name, mode, mode === "readwrite" ? { durability: "strict" } : {}); // on disk before it is said to be kept
    const out = act(tx.objectStore(name));
    const whole = new Promise((ok, no) => { tx.oncomplete = ok; tx.onabort = tx.onerror = () => no(tx.error); });
    const value = out instanceof IDBRequest ? await done(out) : out;
    await whole;
    return value;
  };
  const seal = async (bytes) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
  };
  const unseal = (x) => crypto.subtle.decrypt({ name: "AES-GCM", iv: x.iv }, key, x.data);
  const sealed = (value) => seal(enc.encode(JSON.stringify(value)));
  const unsealed = async (x) => JSON.parse(dec.decode(await unseal(x)));

  // begin finds who is signed in: from the server, else what this browser knows since the last time.
  const begin = async () => {
    if (!safe) return null;
    let answer = null;
    try {
      const res = await fetch("/field/me", { headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(8000) });
      if (res.ok) answer = await res.json();
      else if (res.type === "opaqueredirect") return null; // signed out: nothing of anybody is opened
    } catch { /* no signal */ }
    if (answer) {
      const raw = Uint8Array.from(atob(answer.key), (c) => c.charCodeAt(0));
      delete answer.key;
      key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
      me = answer;
      const kept = { user: me.user, key, ...(await sealed(me)) };
      await store("session", "readwrite", (s) => s.put(kept, "now"));
      return me;
    }
    const kept = await store("session", "readonly", (s) => s.get("now"));
    if (!kept) return null;
    key = kept.key;
    me = await unsealed(kept);
    return me;
  };

  const full = (err) => err && err.name === "QuotaExceededError";
  const keep = async (draft) => {
    const { uid, ready, problem } = draft;
    const row = { uid, user: me.user, ready: !!ready, problem: !!problem, at: Date.now(), ...(await sealed(draft)) };
    await store("drafts", "readwrite", (s) => s.put(row));
  };
  const own = async () => (await store("drafts", "readonly", (s) => s.getAll())).filter((d) => me && d.user === me.user).sort((a, b) => a.at - b.at);
  const get = async (uid) => {
    const row = (await own()).find((d) => d.uid === uid);
    return row ? unsealed(row) : null;
  };
  const list = async () => Promise.all((await own()).map(unsealed));
  const drop = async (draft) => {
    await store("drafts", "readwrite", (s) => s.delete(draft.uid));
    for (const p of draft.photos || []) await store("photos", "readwrite", (s) => s.delete(p.id));
  };
  const keepPhoto = async (id, bytes) => {
    const row = { id, user: me.user, ...(await seal(bytes)) };
    await store("photos", "readwrite", (s) => s.put(row));
  };
  const photo = async (id) => { const row = await store("photos", "readonly", (s) => s.get(id)); return row ? unseal(row) : null; };
  const dropPhoto = (id) => store("photos", "readwrite", (s) => s.delete(id));

  // A photo goes in pieces: how far the server has it is asked first, so that a cut or a restart costs one piece.
  const piece = 256 * 1024;
  const patience = () => AbortSignal.timeout(60000); // one bar of signal may never answer
  const at = (res) => Number(res.headers.get("Upload-Offset"));
  const refused = async (res) => {
    if (res.type === "opaqueredirect" || res.status === 401) throw new Error("signed out");
    if (res.status >= 500 || res.status === 404 || res.status === 429) throw new Error("no server");
    throw Object.assign(new Error(((await res.json().catch(() => ({}))).message) || "上传被拒绝"), { final: true });
  };
  const upload = async (p, bytes, told) => {
    const href = "/field/uploads/" + p.id;
    let res = await fetch(href, { method: "HEAD", redirect: "manual", signal: patience() });
    if (res.status === 404) {
      res = await fetch("/field/uploads", { method: "POST", redirect: "manual", signal: patience(), headers: { Accept: "application/json", "Upload-Id": p.id, "Upload-Name": encodeURIComponent(p.name), "Upload-Length": bytes.byteLength, "Upload-Sha256": p.sha256 } });
    }
    if (!res.ok) await refused(res);
    let from = at(res);
    while (from < bytes.byteLength) {
      res = await fetch(href, { method: "PATCH", redirect: "manual", signal: patience(), headers: { "Upload-Offset": from, "Content-Type": "application/octet-stream", Accept: "application/json" }, body: bytes.slice(from, from + piece) });
      if (res.status === 409 && at(res) === from) throw new Error("no server"); // a piece that was cut is still being written
      if (!res.ok && res.status !== 409) await refused(res);
      from = at(res);
      if (told) told(from / bytes.byteLength);
    }
  };

  // send sends one draft as its form would be posted. It gives the address of what it became, or null where it stays: without a signal, signed out,
  // or with something that a person must look at (draft.problem).
  const send = async (draft, told) => {
    try {
      for (const p of draft.photos || []) {
        if (p.sent) continue;
        const bytes = await photo(p.id);
        if (bytes) await upload(p, bytes, (part) => told && told(p, part));
        p.sent = true;
        await keep(draft);
      }
      const body = new URLSearchParams(draft.values);
      (draft.photos || []).forEach((p, i) => {
        for (const [name, value] of [["upload", p.id], ["title", p.title], ["subject", p.subject], ["proves", p.proves]]) if (value) body.set("photos." + i + "." + name, value);
      });
      body.set("_action", draft.action || "submit");
      body.delete("_token");
      const res = await fetch(draft.post, { method: "POST", body, redirect: "manual", signal: patience(), headers: { Accept: "application/json" } });
      if (res.ok) {
        const answer = await res.json();
        await drop(draft);
        return answer.href;
      }
      if (res.status === 409 && !(res.headers.get("Content-Type") || "").includes("json")) {
        draft.problem = { merge: true, message: "别人已改过这份记录：打开它，再按一次提交，两边的改动会并排列出。", errors: [] };
      } else if (res.status >= 400 && res.status < 500 && res.status !== 401) {
        const answer = await res.json().catch(() => ({}));
        draft.problem = { message: answer.message || answer.detail || "没有保存", errors: answer.errors || [] };
        if ((answer.errors || []).some((e) => e.field.startsWith("photos."))) draft.photos.forEach((p) => { p.sent = false; });
      } else {
        return (draft.wait = res.type === "opaqueredirect" || res.status === 401 ? "signed out" : "no server"), null;
      }
    } catch (err) {
      if (!err.final) return (draft.wait = err.message === "signed out" ? "signed out" : "no signal"), null;
      draft.problem = { message: err.message, errors: [] };
    }
    draft.ready = false;
    await keep(draft);
    return null;
  };
  // sendAll sends what is ready, one after another, in one tab at a time.
  const sendAll = async (told) => {
    const run = async () => {
      const sent = [];
      for (const d of await list()) if (d.ready) {
        const href = await send(d, told);
        if (href) sent.push({ uid: d.uid, href });
        else if (d.wait) { sent.wait = d.wait; break; }
      }
      return sent;
    };
    return navigator.locks ? navigator.locks.request("casebook-send", { ifAvailable: true }, (lock) => (lock ? run() : [])) : run();
  };
  return { safe, begin, keep, get, list, drop, keepPhoto, photo, dropPhoto, send, sendAll, full, get me() { return me; } };
})();

// The list of what is unsent, wherever a page has a place for it.
const fieldUnsent = async () => {
  const box = document.querySelector("[data-drafts]"), rows = document.querySelector("[data-draft-list]"), signs = document.querySelectorAll("[data-unsent]");
  const list = fieldStore.me ? await fieldStore.list() : [];
  signs.forEach((s) => { s.textContent = "未上传 " + list.length; s.hidden = !list.length; });
  if (!box) return list;
  box.hidden = !list.length || (document.body.classList.contains("field-page") && !box.dataset.open);
  rows.replaceChildren(...list.map((d) => {
    const li = document.createElement("li"), a = document.createElement("a"), small = document.createElement("small");
    a.href = d.page + "#" + d.uid;
    a.textContent = d.name || "未命名的检查";
    small.textContent = " " + (d.problem ? d.problem.message : d.ready ? "等待上传" : "还在填写") + (d.photos && d.photos.length ? "，照片 " + d.photos.length + " 张" : "");
    const out = document.createElement("button");
    out.type = "button";
    out.className = "button button-small";
    out.textContent = "丢弃";
    out.addEventListener("click", async () => { if (window.confirm("丢弃本机上的这份记录和照片？丢弃后找不回来。")) { await fieldStore.drop(d); await fieldUnsent(); } });
    li.append(a, small, out);
    return li;
  }));
  return list;
};
const fieldNote = (text) => {
  const note = document.querySelector("[data-field-note]");
  if (!note) return;
  note.hidden = !text;
  note.querySelector("p").textContent = text || "";
};
// Whoever was signed out meanwhile signs in and goes on; nothing is lost by it.
const fieldSignIn = () => {
  fieldNote("登录已过期，没有上传；内容在手机上，一个字也没有丢。请重新登录，登录后自动上传。");
  const a = document.createElement("a");
  a.href = "/login?next=/field";
  a.className = "button";
  a.textContent = "登录";
  document.querySelector("[data-field-note] p").append(a);
};
const fieldReady = (async () => {
  if (!fieldStore.safe) {
    fieldNote("这个网址不是 https 打开的，浏览器不允许在手机上加密保存：没有信号时不能用，请在有信号时填写；输入会随时暂存到服务器。请管理员开启 https。");
    return null;
  }
  // A page that opened while the worker began is nobody's: it asks to be taken.
  if (navigator.serviceWorker) navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready).then((r) => {
    if (!navigator.serviceWorker.controller) r.active.postMessage("claim");
  }).catch(() => {});
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  const me = await fieldStore.begin();
  await fieldUnsent();
  if (!me) return null;
  const sendNow = async () => {
    const sent = await fieldStore.sendAll((p, part) => fieldNote("正在上传照片“" + p.name + "” " + Math.round(100 * part) + "%"));
    if (sent.wait === "signed out") fieldSignIn();
    else if (sent.length) {
      fieldNote("已上传 " + sent.length + " 份记录。");
      document.dispatchEvent(new CustomEvent("field-sent", { detail: sent }));
    }
    await fieldUnsent();
  };
  document.querySelectorAll("[data-send]").forEach((b) => b.addEventListener("click", sendNow));
  window.addEventListener("online", sendNow);
  setInterval(async () => { if (navigator.onLine && (await fieldStore.list()).some((d) => d.ready)) sendNow(); }, 20000);
  sendNow();
  return me;
})();
