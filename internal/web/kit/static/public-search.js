// The search of the exported site: its index is a script beside it, so that it also works from a folder opened as file://. Nothing is sent anywhere.
(function () {
  "use strict";
  var form = document.querySelector("form[data-index]");
  if (!form) return;
  var root = form.getAttribute("data-root"), box = form.querySelector("input[name=q]");
  var shown = document.querySelector("[data-found]"), listed = document.querySelector("[data-listed]");
  form.hidden = false;

  // fold makes what is typed comparable with the index, which the export folded: blanks, width and case do not count.
  function fold(s) {
    return s.normalize("NFKC").toLowerCase().replace(/[\s\u200b-\u200f\u2060\ufeff]/g, "");
  }

  function item(x) {
    var li = document.createElement("li"), h = document.createElement("h2"), a = document.createElement("a"), p = document.createElement("p");
    a.href = root + x.href;
    a.textContent = x.title;
    p.className = "small";
    p.textContent = x.about;
    h.appendChild(a);
    li.appendChild(h);
    li.appendChild(p);
    return li;
  }

  function find() {
    var words = box.value.split(/\s+/).map(fold).filter(Boolean);
    shown.textContent = "";
    shown.hidden = !words.length;
    listed.hidden = !!words.length;
    if (!words.length) return;
    var found = (window.publicIndex || []).filter(function (x) {
      return words.every(function (w) { return x.text.indexOf(w) >= 0; });
    });
    var p = document.createElement("p"), ul = document.createElement("ul");
    p.setAttribute("role", "status");
    p.textContent = found.length ? "找到 " + found.length + " 期" : "没有找到。换一个词，或清空后看全部。";
    ul.className = "list";
    found.forEach(function (x) { ul.appendChild(item(x)); });
    shown.appendChild(p);
    shown.appendChild(ul);
  }

  // load fetches the index when it is first asked for.
  function load(then) {
    if (window.publicIndex) return then();
    var s = document.createElement("script");
    s.src = root + form.getAttribute("data-index");
    s.onload = then;
    s.onerror = function () {
      shown.hidden = false;
      shown.textContent = "检索用的文件没有读到，请稍后再试，或按分类浏览。";
    };
    document.head.appendChild(s);
  }

  form.addEventListener("submit", function (e) {
    e.preventDefault();
    load(find);
  });
  box.addEventListener("input", function () {
    if (!box.value) load(find);
  });
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    box.value = asked;
    load(find);
  }
})();
