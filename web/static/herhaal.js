// What was typed comes back after Back and reload. It stands in the memory of this tab alone, until a new beginning, the
// end of the tab, or a while in which nobody did anything. levend.js reads what is typed from here as well.
const getypt = (() => {
  const form = document.querySelector("form#formulier[data-hoofd]");
  const own = form ? [...form.querySelectorAll("input:not([type=hidden]), select")] : [];
  const beside = (name) => ["actie", "stap", "merk", "kenmerk", "grens", "vouwen"].includes(name) || /^(anders|vraag)\./.test(name);
  const values = () => [...new FormData(form)].filter(([name]) => !beside(name));
  const written = (field) => Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);

  // as the server read it last, whatever was typed or the browser filled in since
  function differs(field) {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    return field.selectedIndex !== written(field);
  }
  // what was sent is now what the server read
  const sent = () => own.map((field) => ({ field, text: field.value, place: field.selectedIndex, on: field.checked }));
  function adopt(state) {
    for (const { field, text, place, on } of state) {
      if (field.type === "radio" || field.type === "checkbox") field.defaultChecked = on;
      else if (field.tagName !== "SELECT") field.defaultValue = text;
      else [...field.options].forEach((option, index) => { option.defaultSelected = index === place; });
    }
  }
  return { form, own, values, differs, sent, adopt, changed: () => own.some(differs) };
})();

(() => {
  const page = document.getElementById("herhaling");
  document.documentElement.dataset.script = "";
  if (!page) return;
  const { form, own, values, changed } = getypt;
  const key = `huurtoets ${page.dataset.ingang}`;
  const folds = `${key} vouwen`;
  let leaving = false;
  let touched = page.dataset.vers === undefined;

  const kept = () => {
    try { return sessionStorage.getItem(key); } catch { return null; }
  };
  const keep = () => {
    touched ||= changed();
    if (!form || leaving || !touched) return;
    try { sessionStorage.setItem(key, JSON.stringify(values())); } catch { /* then the browser asks to send again */ }
  };
  // which folds of the answer are open; levend.js knows them
  getypt.opened = () => {
    try { return JSON.parse(sessionStorage.getItem(folds) ?? "[]"); } catch { return []; }
  };
  getypt.open = (places) => {
    if (leaving) return;
    try {
      if (places.length) sessionStorage.setItem(folds, JSON.stringify(places));
      else sessionStorage.removeItem(folds);
    } catch { /* then they are closed after a reload */ }
  };
  getypt.forget = () => {
    leaving = true;
    try { for (const name of [key, folds]) sessionStorage.removeItem(name); } catch { /* nothing was kept */ }
  };
  // whether anything was typed that would be lost
  getypt.any = () => touched || changed();

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
    if (!entry) {
      getypt.forget();
      leaving = false;
    }
  }
  mark();
  addEventListener("hashchange", () => { if (!history.state?.huurtoets) mark(); });
  addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted && form && touched && kept() !== JSON.stringify(values())) location.reload();
  });
  addEventListener("pagehide", keep);
  if (!form) return;

  // what is typed comes back by way of this script, and stays out of the memory of the browser
  for (const field of own) field.autocomplete = "off";
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  document.addEventListener("keydown", (event) => {
    const button = event.key === "Enter" && document.getElementById(event.target.dataset?.enter ?? "");
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  keep();
})();
