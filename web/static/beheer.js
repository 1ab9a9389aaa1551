// Pages with figures: what was typed stays in this tab until it was kept, and a column of a sheet is pasted at once.
(() => {
  const form = document.querySelector("form[data-bewaak]");
  if (!form) return;
  const key = `beheer.${location.pathname}`;
  const sent = "beheer.verstuurd";
  const store = {
    get: (name) => { try { return sessionStorage.getItem(name); } catch { return null; } },
    set: (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* full, or not allowed */ } },
    drop: (name) => { try { sessionStorage.removeItem(name); } catch { /* not allowed */ } },
  };
  // the server answered what was sent: it was kept, or stands on this page again
  if (new URLSearchParams(location.search).has("bewaard") || "verslag" in form.dataset) {
    store.drop(store.get(sent) ?? key);
    store.drop(key);
  }
  store.drop(sent);

  // where the page says what stood there: o.X for a cell w.X, and with an o before it for all else
  const origin_of = (name) => form.elements.namedItem(name.startsWith("w.") ? name.replace("w.", "o.") : `o${name}`);
  const typed = (field) => field.name && field.type !== "hidden" && field.type !== "submit";
  const before = new Map();
  for (const field of [...form.elements].filter(typed)) before.set(field, field.value);
  const changed = () => [...before.keys()].filter((field) => field.isConnected && field.value !== before.get(field));

  const kept = JSON.parse(store.get(key) ?? "[]");
  let restored = 0;
  for (const { name, value, was } of kept) {
    const field = form.elements.namedItem(name);
    if (!field || !("value" in field) || field.value === value) continue;
    field.value = value;
    restored += 1;
    // what stood there when it was typed, so that a change of somebody else since is seen
    const origin = origin_of(name);
    if (origin && was !== null) origin.value = was;
  }
  if (restored) {
    document.getElementById("terug-in-beeld").hidden = false;
    const others = changed();
    for (const fold of form.querySelectorAll("details")) fold.open ||= others.some((field) => fold.contains(field));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("input", () => {
    const now = changed().map((field) => {
      const origin = origin_of(field.name);
      return { name: field.name, value: field.value, was: origin ? origin.value : null };
    });
    if (now.length) store.set(key, JSON.stringify(now));
    else store.drop(key);
  });
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; store.set(sent, key); });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => { if (!leaving && changed().length) event.preventDefault(); });

  // signed out meanwhile: say so before somebody types on
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail?.ctx?.response?.status === 401) document.getElementById("afgemeld").hidden = false;
  });

  form.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    const fields = [...form.querySelectorAll(".cijfers [inputmode][name^='w.']")];
    const first = fields.indexOf(event.target);
    const values = text.split(/[\t\r\n]+/).map((value) => value.trim()).filter(Boolean);
    if (first < 0 || values.length < 2) return;
    event.preventDefault();
    values.slice(0, fields.length - first).forEach((value, place) => { fields[first + place].value = value; });
    fields.at(Math.min(first + values.length, fields.length) - 1).focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
