// What is typed into a row ticks it: nobody fills in a document that was not made. Unticked again, it stays so.
"use strict";
document.querySelectorAll("[data-step-card]").forEach((card) => {
  const take = card.querySelector(".step-take input");
  card.addEventListener("input", (e) => { if (e.target !== take && !card.dataset.left) take.checked = true; });
  take.addEventListener("change", () => { card.dataset.left = take.checked ? "" : "1"; });
});
