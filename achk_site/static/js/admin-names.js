// Fields that Wagtail 8 draws by script without a name for screen readers get the one that stands beside them.
const UNNAMED = ":not([aria-label], [aria-labelledby])";
const FIELDS = [
  ["[role=textbox].public-DraftEditor-content", "[data-draftail-input]"],
  [".tagit input.ui-autocomplete-input", "input[name$=tags]"],
];

function labelOf(field, input) {
  const around = field.closest("[data-field-input], .w-field__input");
  const hidden = around?.querySelector(input);
  const label = hidden?.id && document.querySelector(`label[for="${CSS.escape(hidden.id)}"]`);
  if (!label) return field.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
  label.id ||= `${hidden.id}-label`;
  return label.id;
}

function nameFields() {
  for (const [selector, input] of FIELDS) {
    for (const field of document.querySelectorAll(selector + UNNAMED)) {
      const label = labelOf(field, input);
      if (label) field.setAttribute("aria-labelledby", label);
    }
  }
  const upload = document.querySelector(`#fileupload${UNNAMED}`);
  const button = upload?.closest(".replace-file-input")?.querySelector("button");
  if (button) upload.setAttribute("aria-label", button.textContent.trim());
}

new MutationObserver(nameFields).observe(document.documentElement, { childList: true, subtree: true });
nameFields();
