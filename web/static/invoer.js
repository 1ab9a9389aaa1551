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
