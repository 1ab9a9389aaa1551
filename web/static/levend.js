// The answer follows what is typed. What is old is visibly old, what comes late never overwrites what is newer, and what
// was open, had the focus or was scrolled stays so. Faults and what was read come beside their fields.
(() => {
  const { form, own, differs, changed, sent, adopt } = getypt;
  const column = document.getElementById("antwoord");
  if (!form || !column) return;
  const pane = column.parentElement;
  const notice = document.getElementById("levend");
  const folds = document.getElementById("vouwen");
  const SLOW = 400;
  let asked = null;     // what the request on its way carries
  let leaving = false;
  let tried = "";       // what was asked last
  let waiting = 0;      // the timer of that request
  let held = null;      // a button that waits for the newest answer
  let state = "";       // how the answer stands there: good, waiting or failed

  // --- old or not
  function say(now) {
    state = now;
    column.toggleAttribute("data-oud", now !== "");
    column.setAttribute("aria-busy", String(now === "wacht"));
    for (const part of notice.querySelectorAll("[data-bij]")) part.hidden = part.dataset.bij !== now;
    for (const button of column.querySelectorAll("button")) button.disabled = now !== "";
  }
  const answered = () => Boolean(column.querySelector(".antwoord"));
  function failed() {
    clearTimeout(waiting);
    asked = held = null;
    say("mislukt");
  }
  const ask = () => htmx.trigger(form, "ververs");

  form.addEventListener("htmx:config:request", (event) => {
    if (event.target !== form) return;
    const now = JSON.stringify(getypt.values());
    const why = event.detail.ctx.sourceEvent?.type;
    // the same question is on its way, or is the one that stands there
    const known = asked ? asked.text === now : answered() && !changed() && state === "";
    if (why !== "ververs" && (leaving || known || (why === "input" && now === tried))) {
      event.preventDefault();
      return;
    }
    const mine = { text: now, state: sent(), ctx: event.detail.ctx };
    asked = mine;
    tried = now;
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (asked === mine) say("wacht"); }, SLOW);
  });
  form.addEventListener("htmx:before:response", (event) => {
    if (event.detail.ctx !== asked?.ctx) return;
    if (event.detail.ctx.response.status === 200) return;
    event.preventDefault();
    failed();
  });
  form.addEventListener("htmx:error", (event) => { if (event.detail.ctx === asked?.ctx) failed(); });

  // --- what stays as it was
  // by its id, or by what it is called near one: amounts beside it may have come or gone
  const PARTS = ":is(details,summary,a,button)";
  const name_of = (part) => `${part.tagName} ${part.tagName === "DETAILS" ? part.firstElementChild.textContent : part.textContent}`;
  const place_of = (part) => {
    const near = part.closest("[id]");
    return near === part ? { id: part.id } : { id: near.id, name: name_of(part) };
  };
  const find = ({ id, name }) => {
    const near = document.getElementById(id);
    return name && near ? [...near.querySelectorAll(PARTS)].find((part) => name_of(part) === name) : near;
  };
  // what nobody touched is as the new answer has it
  let before = null;
  form.addEventListener("htmx:before:swap", (event) => {
    if (event.detail.ctx !== asked?.ctx) return;
    const inside = document.activeElement !== column && column.contains(document.activeElement);
    before = {
      scroll: pane.scrollTop,
      open: [...column.querySelectorAll("details[open]")].map(place_of),
      typed: [...column.querySelectorAll("input:not([type=hidden]), select")].filter((field) => field.id && differs(field) && !("vraag" in field.dataset && field !== document.activeElement)).map(({ id, value }) => ({ id, value })),
      focus: inside ? place_of(document.activeElement) : null,
      from: inside ? document.activeElement.selectionStart : null,
      to: inside ? document.activeElement.selectionEnd : null,
    };
  });
  form.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx !== asked?.ctx) return;
    clearTimeout(waiting);
    adopt(asked.state);
    asked = null;
    for (const place of before.open) find(place)?.setAttribute("open", "");
    for (const { id, value } of before.typed) {
      const field = document.getElementById(id);
      if (field && "value" in field && column.contains(field)) field.value = value;
    }
    pane.scrollTop = before.scroll;
    if (before.focus) {
      const again = find(before.focus);
      again?.focus({ preventScroll: true });
      if (typeof before.from === "number") again?.setSelectionRange?.(before.from, before.to);
    }
    say("");
    beside_the_fields();
    to_the_aim();
    if (held) {
      const again = find(held);
      held = null;
      if (!changed()) again?.click();
    }
  });

  // --- folds: a closed one that is empty is asked for when it opens
  let aim = false;
  function to_the_aim() {
    if (aim) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    aim = false;
  }
  const opened = () => [...column.querySelectorAll("details[data-vouw][open]")].map((fold) => fold.dataset.vouw).join(" ");
  column.addEventListener("toggle", (event) => {
    if (!event.target.matches("[data-vouw]")) return;
    folds.value = opened();
    if (event.target.open && "leeg" in event.target.dataset) fill(event.target);
  }, true);
  // its part alone, of the answer that stands there; where another answer is on its way, that one brings it
  async function fill(fold) {
    const place = fold.querySelector(".vouw__leeg");
    if (!place || asked || changed() || state !== "") return ask();
    const values = new FormData(form);
    values.set("deel", fold.dataset.vouw);
    try {
      const answer = await fetch(form.getAttribute("hx-post"), { method: "POST", body: new URLSearchParams([...values]) });
      if (!place.isConnected || asked) return;
      if (answer.status !== 200) return ask();
      place.outerHTML = await answer.text();
      delete fold.dataset.leeg;
      htmx.process(fold);
      to_the_aim();
    } catch {
      if (place.isConnected && !asked) failed();
    }
  }
  // they are open again after a reload
  document.addEventListener("toggle", (event) => {
    if (column.contains(event.target)) getypt.open?.([...column.querySelectorAll("details[open]")].map(place_of));
  }, true);
  for (const place of getypt.opened?.() ?? []) find(place)?.setAttribute("open", "");
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    const fold = target?.closest("details[data-leeg]");
    if (!fold || !column.contains(fold)) return;
    fold.open = true;
    aim = true;
  });

  // --- faults, and how a value was read, at their fields
  function beside_the_fields() {
    const found = document.getElementById("bij-velden")?.content.children;
    if (!found) return;  // a page that was posted has them at the fields
    for (const old of form.querySelectorAll(".vak .fout, .strookvak .fout")) mend(old);
    for (const old of form.querySelectorAll(".gelezen")) old.remove();
    for (const part of found) {
      const field = document.getElementById(part.dataset.veld);
      const box = field?.closest(".vak, .strookvak");
      if (!box) continue;
      // nobody is told of a fault in what he is still typing
      if (part.dataset.soort === "fout" && box.contains(document.querySelector("input[type=text]:focus"))) continue;
      const told = part.firstElementChild.cloneNode(true);
      if (part.dataset.soort === "gelezen") box.append(told);
      else fault(box, field, told);
    }
    for (const field of own) field.closest(".vak")?.querySelector(".gelezen")?.toggleAttribute("data-anders", differs(field));
  }
  const describer = (box, field) => box.querySelector("fieldset[aria-describedby]") ?? field;
  function fault(box, field, told) {
    const who = describer(box, field);
    (box.querySelector(".hulp") ?? box.querySelector("label")).append(told);
    box.classList.add("vak--fout", "utrecht-form-field--invalid");
    who.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-invalid", "true");
    who.setAttribute("aria-describedby", `${who.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim());
  }
  function mend(told) {
    const box = told.closest(".vak, .strookvak");
    box.classList.remove("vak--fout", "utrecht-form-field--invalid");
    for (const part of box.querySelectorAll("[aria-invalid]")) part.removeAttribute("aria-invalid");
    for (const part of box.querySelectorAll("[aria-describedby]")) {
      part.setAttribute("aria-describedby", part.getAttribute("aria-describedby").split(" ").filter((id) => id !== told.id).join(" "));
    }
    told.remove();
  }

  // --- a button of the answer waits for the newest one
  column.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    // a question that is answered right there is no question about the answer: see invoer.js
    if (!button || button.matches("[data-vraag],#vraag-verder") || (!changed() && !asked)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = place_of(button);
    ask();
  }, true);

  // another page is on its way; a file that is fetched leaves this one where it is
  form.addEventListener("submit", () => {
    leaving = true;
    setTimeout(() => { leaving = false; if (changed() && !asked) ask(); }, 2000);
  });
  form.addEventListener("input", (event) => {
    const read = event.target.closest?.(".vak")?.querySelector(".gelezen");
    read?.toggleAttribute("data-anders", differs(event.target));
  });
  form.addEventListener("focusout", () => { setTimeout(() => { if (!changed()) beside_the_fields(); }); });
  notice.querySelector("button").addEventListener("click", ask);
  addEventListener("online", () => { if (state !== "") ask(); });
  addEventListener("offline", () => { if (asked) failed(); });
  addEventListener("beforeprint", () => { if (answered() && (changed() || asked)) say("wacht"); });
  addEventListener("pageshow", () => { if (changed()) ask(); });
})();
