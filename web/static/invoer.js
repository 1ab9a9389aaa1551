// Helps while typing; every page works without it.
// A whole date that is pasted or typed into one of the three fields of a date is spread over them.
(() => {
  function parts_of(text) {
    const dayFirst = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
    const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
    return dayFirst ? dayFirst.slice(1) : yearFirst ? yearFirst.slice(1).reverse() : null;
  }
  function spread(group, parts) {
    const fields = group.querySelectorAll("input");
    fields.forEach((field, index) => { field.value = parts[index]; });
    fields[fields.length - 1].focus();
    fields[fields.length - 1].dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.addEventListener("paste", (event) => {
    const group = event.target.closest?.("[data-datum]");
    // what is not plainly a date in digits is left to the server, which also reads it in words
    const parts = group && parts_of(event.clipboardData.getData("text").trim());
    if (!parts) return;
    event.preventDefault();
    spread(group, parts);
  });
  // Tab after a whole date goes on to the next question, past the fields that it filled
  document.addEventListener("keydown", (event) => {
    const group = event.key === "Tab" && !event.shiftKey && event.target.closest?.("[data-datum]");
    const parts = group && event.target === group.querySelector("input") && parts_of(event.target.value.trim());
    if (parts) spread(group, parts);
  });
})();

// A question that is asked beside the answer is a field of the form: what is typed there goes there, and the answer follows.
(() => {
  let asked = false;
  const answer = (field) => {
    const own = field.form?.elements[field.dataset.vraag];
    if (!own || !field.value) return;
    own.value = field.value;
    asked = true;
    (own[0]?.name ? own[0] : own).dispatchEvent(new Event("change", { bubbles: true }));
  };
  document.addEventListener("change", (event) => { if (event.target.dataset?.vraag) answer(event.target); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.dataset?.vraag) return;
    event.preventDefault();
    event.target.blur();
  });
  document.addEventListener("click", (event) => {
    const choice = event.target.closest?.("button[data-vraag]");
    const typed = event.target.closest?.("#vraag-verder")?.closest(".vraag").querySelector("[data-vraag]");
    if (choice) answer(choice);
    // of what was typed the answer came at the change already
    if (choice || (typed && asked)) event.preventDefault();
  });
  // one question after the other, without looking for the next
  document.addEventListener("htmx:after:swap", () => {
    if (!asked || (document.activeElement && document.activeElement !== document.body)) return;
    asked = false;
    document.querySelector("#antwoord [data-vraag]")?.focus({ preventScroll: true });
  });
})();
