// An answer belongs to the values it is of: when one changes, the answer shows as old. And what was typed comes back after
// Back and reload. The values stand in the memory of this tab alone, until a new beginning or the end of the tab.
(() => {
  const page = document.getElementById("herhaling");
  document.documentElement.dataset.script = "";
  if (!page) return;
  const form = document.querySelector("form#formulier[data-hoofd]");
  const key = `huurtoets ${page.dataset.ingang}`;
  const beside = (name) => ["actie", "stap", "merk", "kenmerk", "grens"].includes(name) || name.startsWith("anders.");
  const own = form ? [...form.querySelectorAll("input:not([type=hidden]), select")] : [];
  let leaving = false;

  const values = () => [...new FormData(form)].filter(([name]) => !beside(name));
  const kept = () => {
    try { return sessionStorage.getItem(key); } catch { return null; }
  };
  const keep = () => {
    if (!form || leaving || (page.dataset.vers !== undefined && !changed())) return;
    try { sessionStorage.setItem(key, JSON.stringify(values())); } catch { /* then the browser asks to send again */ }
  };
  const forget = () => {
    try { sessionStorage.removeItem(key); } catch { /* nothing was kept */ }
  };

  // as the server wrote it, whatever the browser filled in since
  function differs(field) {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const written = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(written, 0);
  }
  const changed = () => own.some(differs);

  // this entry of the history becomes one that can be asked for: the script posts what belongs to it
  function mark() {
    const entry = { adres: page.dataset.adres, velden: JSON.parse(page.dataset.velden) };
    try {
      sessionStorage.setItem("huurtoets", "");  // throws where there is none
      sessionStorage.removeItem("huurtoets");
      history.replaceState({ huurtoets: entry }, "", page.dataset.plek + location.hash);
    } catch { /* without a memory of the tab there is nothing to come back to */ }
  }
  function post(entry, stored) {
    const again = document.createElement("form");
    again.method = "post";
    again.action = entry.adres;
    for (const pair of [...JSON.parse(stored), ...entry.velden]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = pair[0];
      field.value = pair[1];
      again.append(field);
    }
    document.body.append(again);
    leaving = true;
    again.submit();
  }

  const entry = history.state?.huurtoets;
  if (page.dataset.vers !== undefined) {
    if (entry && kept()) {
      post(entry, kept());
      return;
    }
    if (!entry) forget();
  }
  mark();
  addEventListener("hashchange", () => { if (!history.state?.huurtoets) mark(); });
  addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted && form && kept() && kept() !== JSON.stringify(values())) location.reload();
  });
  addEventListener("pagehide", keep);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-opnieuw]")) {
      leaving = true;
      forget();
    }
  });
  if (!form) return;

  // what is typed comes back by way of this script, and stays out of the memory of the browser
  for (const field of own) field.autocomplete = "off";
  const answer = document.querySelector(".antwoord");
  const notice = document.querySelector("#oud p");
  const said = document.getElementById("oud-gezegd");
  function show() {
    for (const field of own) {
      const read = field.closest(".vak")?.querySelector(".gelezen");
      read?.toggleAttribute("data-anders", differs(field));
    }
    if (!answer) return;
    const old = changed();
    if (old === ("oud" in answer.dataset)) return;
    if (old) answer.dataset.oud = ""; else delete answer.dataset.oud;
    for (const button of answer.querySelectorAll("button")) button.disabled = old;
    said.textContent = old ? notice.textContent : "";
  }
  form.addEventListener("input", show);
  form.addEventListener("change", () => { show(); keep(); });
  addEventListener("pageshow", show);
  document.addEventListener("htmx:after:swap", () => {
    if (answer && "oud" in answer.dataset) { delete answer.dataset.oud; show(); }
  });
  document.addEventListener("keydown", (event) => {
    const button = event.key === "Enter" && document.getElementById(event.target.dataset?.enter ?? "");
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  keep();
  show();
})();
