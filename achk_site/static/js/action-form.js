// The only script on public pages; all works without it. For Chrome 80 and Safari 13, too.

const LANGUAGE = location.pathname.split("/")[1];

// A form that is touched gets a token: one attempt, which the server accepts once. Cached pages carry none.
async function fetchToken(form) {
  const field = form.querySelector("[data-form-token]");
  if (!field || field.value || field.dataset.asked) return;
  field.dataset.asked = "1";
  try {
    const url = `/${LANGUAGE}/act/form-token/?action=${encodeURIComponent(form.dataset.action)}`;
    const response = await fetch(url, { credentials: "omit", cache: "no-store" });
    if (response.ok) field.value = (await response.json()).token;
  } catch (error) {
    // Without a token the form still works.
  }
  if (!field.value) delete field.dataset.asked;
}

function touched(event) {
  const form = event.target.closest && event.target.closest("form[data-action]");
  if (form) fetchToken(form);
}

// The clicked button's own name and value must still be sent, so it is disabled one turn later.
// A button with data-download brings a file and leaves the page as it is.
function sendOnce(event) {
  const form = event.target;
  if (!form.matches("form[data-action]") || form.method !== "post") return;
  if (event.submitter && "download" in event.submitter.dataset) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "1";
  setTimeout(() => setButtons(form, true), 0);
  setTimeout(() => wake(form), 15000); // no network, or Stop was pressed
}

function wake(form) {
  delete form.dataset.sending;
  setButtons(form, false);
}

function setButtons(form, disabled) {
  form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => {
    if (disabled && !button.disabled) {
      button.dataset.held = "1";
      button.disabled = true;
    } else if (!disabled && button.dataset.held) {
      delete button.dataset.held;
      button.disabled = false;
    }
  });
}

// Back from the next page: the form can be sent again, as a fresh attempt, without a spent token that came back.
function wakeForms(event) {
  document.querySelectorAll("form[data-action]").forEach((form) => {
    wake(form);
    const field = form.querySelector("[data-form-token]");
    if (field && (event.persisted || !field.dataset.asked)) {
      delete field.dataset.asked;
      field.value = "";
    }
  });
}

// <button data-copy="#id" data-copied="Copied" data-not-copied="…"> and, after it, <output>, a live region.
async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  if (!source) return;
  let text = button.dataset.copied;
  try {
    await navigator.clipboard.writeText("value" in source ? source.value : source.innerText.trim());
  } catch (error) {
    text = button.dataset.notCopied;
    if (source.select) source.select();
  }
  const status = button.parentElement.querySelector("[aria-live], output");
  if (status) status.textContent = text || "";
}

// <textarea maxlength data-count="#id"> and <span id data-left="{n} characters left">.
function count(field) {
  const place = document.querySelector(field.dataset.count);
  if (place && field.maxLength > 0) {
    place.textContent = (place.dataset.left || "{n}").replace("{n}", field.maxLength - field.value.length);
  }
}

// <button hidden data-share="URL" data-title="text">, where the device can share.
function share(button) {
  navigator.share({ url: button.dataset.share, text: button.dataset.title })
    .catch(() => {});
}

// On a phone the bar (56 px) leads to the card. It must not cover it.
function hideBarOver(card) {
  const bar = card.parentElement.querySelector(".action-bar");
  if (!bar) return;
  const look = (entries) => { bar.hidden = entries[entries.length - 1].isIntersecting; };
  new IntersectionObserver(look, { rootMargin: "0px 0px -56px" }).observe(card);
}

function clicked(event) {
  const button = event.target.closest("[data-copy], [data-share]");
  if (!button) return;
  if (button.hasAttribute("data-copy")) copy(button);
  else share(button);
}

// What was typed is printed: <div data-typed="name">.
function fillPaper() {
  document.querySelectorAll("[data-typed]").forEach((place) => {
    place.textContent = document.querySelector(`[name=${place.dataset.typed}]`).value;
    document.body.dataset.filled = "1";
  });
}

document.addEventListener("focusin", touched);
document.addEventListener("pointerdown", touched);
document.addEventListener("submit", sendOnce);
document.addEventListener("click", clicked);
document.addEventListener("input", (event) => event.target.dataset.count && count(event.target));
window.addEventListener("pageshow", wakeForms);
window.addEventListener("beforeprint", fillPaper);
document.querySelectorAll("[data-count]").forEach(count);
document.querySelectorAll(".action-layout__card").forEach(hideBarOver);
document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
if (navigator.share) document.querySelectorAll("[data-share]").forEach((button) => { button.hidden = false; });
