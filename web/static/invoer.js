// Helps while typing; every page works without it.
// A whole date that is pasted into one of the three fields of a date is spread over them.
document.addEventListener("paste", (event) => {
  const group = event.target.closest?.("[data-datum]");
  if (!group) return;
  const text = event.clipboardData.getData("text").trim();
  const dayFirst = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text);
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  const parts = dayFirst ? dayFirst.slice(1) : yearFirst ? yearFirst.slice(1).reverse() : null;
  // what is not plainly a date in digits is left to the server, which also reads it in words
  if (!parts) return;
  event.preventDefault();
  const fields = group.querySelectorAll("input");
  fields.forEach((field, index) => { field.value = parts[index]; });
  fields[fields.length - 1].focus();
  fields[fields.length - 1].dispatchEvent(new Event("change", { bubbles: true }));
});
