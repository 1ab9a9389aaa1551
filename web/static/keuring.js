// Shows how far the check or the computation of a draft is; without this the page refreshes itself.
(() => {
  const place = document.querySelector("[data-loop]");
  if (!place) return;
  const words = place.querySelector("[data-tekst]");
  const bar = place.querySelector("progress");
  const look = async () => {
    try {
      const answer = await fetch(window.location.pathname, { headers: { accept: "text/html" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const now = page.querySelector("[data-loop]");
        if (!now) {
          window.location.replace(window.location.pathname);
          return;
        }
        const said = now.querySelector("[data-tekst]").textContent;
        if (words.textContent !== said) words.textContent = said;
        const other = now.querySelector("progress");
        if (other.hasAttribute("max")) {
          bar.max = other.max;
          bar.value = other.value;
        }
      }
    } catch {
      // the service is away for a moment
    }
    window.setTimeout(look, 2000);
  };
  window.setTimeout(look, 2000);
})();
