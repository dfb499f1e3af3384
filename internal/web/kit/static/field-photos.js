// Photos of a visit: several at once, hashed when they are chosen, kept on the phone as they are, ordered by drag or keys. A thumbnail is drawn here;
// what the browser cannot draw (HEIC on most) is kept all the same and says so.
"use strict";
const fieldPhotos = (form, draft, changed) => {
  const box = form.querySelector("[data-shots]"), most = Number(form.dataset.maxFile);
  const hex = (b) => [...new Uint8Array(b)].map((x) => x.toString(16).padStart(2, "0")).join("");
  const size = (n) => (n > 1 << 20 ? (n / (1 << 20)).toFixed(1) + " MB" : Math.ceil(n / 1024) + " KB");

  const thumb = async (blob) => {
    try {
      const image = await createImageBitmap(blob, { resizeWidth: 240, resizeQuality: "medium" }), canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext("2d").drawImage(image, 0, 0);
      image.close();
      return canvas.toDataURL("image/jpeg", 0.6);
    } catch { return ""; }
  };
  const move = (p, by) => {
    const list = draft.photos, i = list.indexOf(p), to = i + by;
    if (to < 0 || to >= list.length) return;
    list.splice(i, 1);
    list.splice(to, 0, p);
    show();
    changed();
    box.children[to].querySelector(by < 0 ? "[data-up]" : "[data-down]").focus();
  };
  const button = (text, label, act) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "button button-small";
    b.textContent = text;
    b.setAttribute("aria-label", label);
    b.addEventListener("click", act);
    return b;
  };
  let dragged = null;
  const show = () => box.replaceChildren(...draft.photos.map((p, i) => {
    const li = document.createElement("li"), name = document.createElement("p"), bar = document.createElement("div");
    li.className = "shot";
    li.draggable = true;
    li.dataset.photo = p.id;
    li.addEventListener("dragstart", () => { dragged = p; });
    li.addEventListener("dragover", (e) => e.preventDefault());
    li.addEventListener("drop", (e) => { e.preventDefault(); if (dragged && dragged !== p) move(dragged, i - draft.photos.indexOf(dragged)); });
    if (p.thumb) { const img = document.createElement("img"); img.src = p.thumb; img.alt = "照片 " + (i + 1); li.append(img); }
    name.textContent = (i + 1) + "　" + p.name + "　" + size(p.size) + (p.thumb || !p.type.startsWith("image/") ? "" : "　（原样保存，这里画不出来）");
    bar.className = "shot-buttons";
    const up = button("↑", "照片 " + (i + 1) + " 前移", () => move(p, -1)), down = button("↓", "照片 " + (i + 1) + " 后移", () => move(p, 1));
    up.dataset.up = down.dataset.down = "";
    bar.append(up, down, button("删", "删除照片 " + (i + 1), async () => {
      if (!window.confirm("从这次检查中删除“" + p.name + "”？")) return;
      draft.photos.splice(draft.photos.indexOf(p), 1);
      await fieldStore.dropPhoto(p.id);
      show();
      changed();
    }));
    const own = document.createElement("input");
    Object.assign(own, { type: "text", value: p.subject || "", placeholder: "本张拍的是（可空）", autocomplete: "off" });
    own.setAttribute("aria-label", "照片 " + (i + 1) + " 的证明对象");
    own.addEventListener("input", (e) => { e.stopPropagation(); p.subject = own.value.trim(); changed(); });
    li.append(name, own, bar);
    return li;
  }));
  const take = async (files) => {
    const said = [];
    for (const file of files) {
      if (file.size > most) { said.push("“" + file.name + "”有 " + size(file.size) + "，太大：一件最大 " + size(most) + "，没有加入"); continue; }
      if (!file.size) { said.push("“" + file.name + "”是空的"); continue; }
      try {
        const bytes = await file.arrayBuffer(), sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
        const same = draft.photos.find((p) => p.sha256 === sha256);
        if (same) { said.push("“" + file.name + "”与已有的“" + same.name + "”是同一个文件，没有再加"); continue; }
        const p = { id: crypto.randomUUID(), name: file.name || "照片.jpg", size: file.size, type: file.type, sha256, thumb: await thumb(file) };
        await fieldStore.keepPhoto(p.id, bytes);
        draft.photos.push(p);
        show();
        await changed();
      } catch (err) {
        said.push(fieldStore.full(err) ? "手机存储已满，“" + file.name + "”没有存下：请先上传已有的记录，或清理手机存储" : "“" + file.name + "”读不出来，没有加入");
      }
    }
    const says = form.querySelector("[data-shots-says]");
    says.hidden = !said.length;
    says.textContent = said.join("；");
  };
  form.querySelectorAll("[data-shoot]").forEach((input) => input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = ""; // the form itself posts none: they go in pieces
    await take(files);
  }));
  const camera = form.querySelector("[data-camera]");
  camera.hidden = false;
  document.getElementById("f-camera").hidden = false;
  show();
  return { show, take };
};
