// Shows how far a portfolio is as the service tells it; without this the page refreshes itself.
(() => {
  const place = document.querySelector("[data-voortgang]");
  if (!place || !window.EventSource) return;
  const words = place.querySelector("[data-tekst]");
  const bar = place.querySelector("progress");
  const source = new EventSource(place.dataset.voortgang);
  source.onmessage = (event) => {
    const said = JSON.parse(event.data);
    if (words.textContent !== said.tekst) words.textContent = said.tekst;
    if (said.geheel > 0) {
      bar.max = said.geheel;
      bar.value = said.gedaan;
    }
  };
  source.addEventListener("klaar", () => {
    source.close();
    window.location.reload();
  });
})();
