// Fields that the admin draws with a script, or in two parts, have no name of their own
// for who cannot see the label beside them: they get the words of that label.
"use strict";

const wordsOf = (field) => {
  const row = document.querySelector(`label[for="${field}"], label[for="${field}_0"]`);
  const words = row || document.getElementById(field)?.closest("fieldset")?.querySelector("legend");
  return words ? words.textContent.trim().replace(/:$/, "") : "";
};

const name = (element, words) => {
  if (words.trim()) element.setAttribute("aria-label", words);
};

// As late as what draws them: jQuery keeps the order in which it was asked.
window.django?.jQuery?.(() => {
  for (const shown of document.querySelectorAll(".select2-selection__rendered")) {
    name(shown, wordsOf(shown.id.replace(/^select2-/, "").replace(/-container$/, "")));
  }
  for (const field of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
    const drawn = field.nextElementSibling?.querySelectorAll("[role=combobox], [role=searchbox]");
    for (const part of drawn || []) name(part, wordsOf(field.id));
  }
  for (const part of document.querySelectorAll(".vDateField, .vTimeField")) {
    if (part.labels.length || !/_[01]$/.test(part.id)) continue;
    const kind = part.classList.contains("vDateField") ? "datum" : "tijd";
    const row = part.closest(".form-row, .fieldBox, fieldset")?.querySelector("label, legend");
    name(part, `${row ? row.textContent.trim().replace(/:$/, "") : ""} (${kind})`);
  }
});
