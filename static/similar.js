// While somebody writes a wens: show under the field which wensen look like it. Without
// this script, or when the answer stays away, they are shown after the form was sent.
"use strict";

(() => {
  const PAUSE = 600; // milliseconds without a letter
  const form = document.querySelector("form[data-similar]");
  const shown = document.getElementById("similar");
  if (!form || !shown) return;
  const fields = ["title", "problem"].map((name) => form.elements[name]);
  let timer, asking, last = "";

  async function look(field) {
    const words = fields.map((one) => one.value.trim()).join(" ").trim();
    if (words === last) return;
    last = words;
    asking?.abort();
    asking = new AbortController();
    const address = `${form.dataset.similar}?${new URLSearchParams({ woorden: words.slice(0, 500) })}`;
    try {
      const answer = await fetch(address, { credentials: "same-origin", signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      show(field, await answer.text());
    } catch {
      // Nothing is shown: the page looks again when the form is sent.
    }
  }

  function show(field, text) {
    const found = new DOMParser().parseFromString(text, "text/html").body;
    if (found.textContent.trim() === shown.textContent.trim()) return;
    const row = field.closest(".utrecht-form-field");
    if (row && row.nextElementSibling !== shown && !shown.contains(document.activeElement)) row.after(shown);
    shown.replaceChildren(...found.childNodes);
  }

  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE, field);
    });
  }
})();
