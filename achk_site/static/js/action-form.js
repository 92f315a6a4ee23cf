// The only script on public pages; all works without it. For Chrome 80 and Safari 13, too.

const LANGUAGE = location.pathname.split("/")[1];
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

// A form that is touched gets a token: one attempt, which the server accepts once. Cached pages carry none.
const asking = new Map();

function touched({ target }) {
  const form = target.closest && target.closest("form[data-action]");
  const field = form && form.querySelector("[data-form-token]");
  if (!field || field.value || asking.has(form)) return;
  const url = `/${LANGUAGE}/act/form-token/?action=${form.dataset.action}`;
  asking.set(form, fetch(url, { credentials: "omit", cache: "no-store" })
    .then((response) => response.json())
    .then(({ token }) => {
      field.value = token || "";
      field.dataset.asked = "1";
    })
    .catch(() => {}) // without a token the form still works
    .then(() => asking.delete(form)));
}

// The clicked button's name and value must be sent, so it is disabled one turn later.
// With data-download it brings a file: the page stays.
function sendOnce(event) {
  const form = event.target;
  if (!form.matches("form[data-action]") || form.method !== "post") return;
  const button = pressed && pressed.form === form ? pressed : form.querySelector("button:not([type=button])");
  if ("download" in button.dataset) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "1";
  setTimeout(() => setButtons(form, true), 0);
  form.waking = setTimeout(() => wake(form), 15000); // no network, or Stop was pressed
  if (!asking.has(form)) return;
  event.preventDefault(); // faster than its token: it waits, two seconds at most
  Promise.race([asking.get(form), new Promise((late) => setTimeout(late, 2000))]).then(() => {
    if (!form.dataset.sending) return; // left, and back again
    wake(form);
    button.click();
  });
}

function wake(form) {
  clearTimeout(form.waking);
  asking.delete(form);
  delete form.dataset.sending;
  setButtons(form, false);
}

function setButtons(form, disabled) {
  form.querySelectorAll("button:not([type=button])").forEach((button) => {
    if (disabled ? button.disabled : !button.dataset.held) return;
    button.disabled = disabled;
    button.dataset.held = disabled || "";
  });
}

// Back from the next page: a fresh attempt, without a spent token that came back.
function wakeForms({ persisted }) {
  each("[data-form-token]", (field) => {
    if (persisted) wake(field.form);
    else if (field.dataset.asked) return;
    field.dataset.asked = field.value = "";
  });
}

// <button data-copy="#id" data-copied="Copied" data-not-copied="…"> and, after it, <output>.
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
  button.parentElement.querySelector("output").textContent = text;
}

// <textarea maxlength data-count="#id"> and <span id data-left="{n} left">.
function count(field) {
  const place = document.querySelector(field.dataset.count);
  if (place) place.textContent = place.dataset.left.replace("{n}", field.maxLength - field.value.length);
}

// <button hidden data-share="URL" data-title="text">, where the device can share.
function share(button) {
  navigator.share({ url: button.dataset.share, text: button.dataset.title }).catch(() => {});
}

// On a phone the bar (56 px) leads to the card. It must not cover it.
function hideBarOver(card) {
  const bar = card.parentElement.querySelector(".action-bar");
  if (!bar) return;
  const look = (entries) => { bar.hidden = entries.pop().isIntersecting; };
  new IntersectionObserver(look, { rootMargin: "0px 0px -56px" }).observe(card);
}

let pressed; // event.submitter, for older browsers; Enter clicks, too

function clicked(event) {
  pressed = event.target.closest("button");
  if (!pressed) return;
  if (pressed.dataset.copy) copy(pressed);
  else if (pressed.dataset.share) share(pressed);
}

// What was typed is printed: <div data-typed="name">.
function fillPaper() {
  each("[data-typed]", (place) => {
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
each("[data-count]", count);
each(".action-layout__card", hideBarOver);
each("[data-copy]", (button) => { button.hidden = false; });
if (navigator.share) each("[data-share]", (button) => { button.hidden = false; });
