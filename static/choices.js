// A field that searches while you type (select2 of the admin) has no name of its own for
// who cannot see the label beside it: it gets the words of that label.
"use strict";

window.addEventListener("load", () => {
  for (const shown of document.querySelectorAll(".select2-selection__rendered")) {
    const field = shown.id.replace(/^select2-/, "").replace(/-container$/, "");
    const label = document.querySelector(`label[for="${field}"]`);
    if (label) shown.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""));
  }
});
