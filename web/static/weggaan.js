// Before what was typed is lost the page asks, and what nobody looks after for a while is cleared: a desk is shared.
(() => {
  const page = document.getElementById("herhaling");
  if (!page || !getypt.any) return;
  const leave = document.getElementById("weggaan");
  const idle = document.getElementById("rust");
  const MINUTE = 60_000;
  const patience = Number(page.dataset.rust) * MINUTE;
  const TOLD = "huurtoets-gewist";
  let target = "";
  let seen = Date.now();

  const store = (what) => { try { return what(sessionStorage); } catch { return null; } };
  // the browser may have gone to sleep: what counts is the clock
  function clear() {
    getypt.forget();
    store((own) => Object.keys(own).filter((key) => key.startsWith("huurtoets")).forEach((key) => own.removeItem(key)));
    store((own) => own.setItem(TOLD, ""));
    history.replaceState(null, "");
    location.replace(page.dataset.ingang);
  }
  if (store((own) => own.getItem(TOLD)) !== null) {
    store((own) => own.removeItem(TOLD));
    const told = document.getElementById("gezegd");
    const kept = document.getElementById("gewist");
    if (kept) kept.hidden = false;
    if (told && kept) told.textContent = kept.textContent;
  }
  for (const kind of ["pointerdown", "keydown", "input", "wheel"]) {
    addEventListener(kind, () => { if (!idle.open) seen = Date.now(); }, { passive: true });
  }
  setInterval(() => {
    const quiet = Date.now() - seen;
    if (!getypt.any()) return;
    if (quiet >= patience) clear();
    else if (quiet >= patience - MINUTE && !idle.open) {
      leave.close();
      idle.showModal();
    }
  }, 5_000);
  for (const asks of document.querySelectorAll("dialog.vraag")) {
    asks.addEventListener("click", (event) => { if (event.target.value) asks.close(event.target.value); });
    asks.addEventListener("cancel", () => { asks.returnValue = "blijf"; });
  }
  idle.addEventListener("close", () => {
    seen = Date.now();
    if (idle.returnValue === "weg") clear();
  });

  // what is kept in the tab, and the way to be rid of it
  const show = () => { document.getElementById("bewaard").hidden = !getypt.any(); };
  document.addEventListener("input", show);
  show();
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("[data-weg]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    target = way.dataset.weg;
    if (getypt.any()) leave.showModal();
    else location.assign(target);
  });
  leave.addEventListener("close", () => {
    if (leave.returnValue !== "weg") return;
    getypt.forget();
    history.replaceState(null, "");
    location.assign(target);
  });
})();
