// Loads Google's script when its button is pressed, and not before.

document.querySelectorAll("[data-recaptcha-load]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const script = document.createElement("script");
    script.src = button.dataset.recaptchaLoad;
    script.onload = () => { button.hidden = true; };
    script.onerror = () => {
      const place = document.createElement("p");
      place.setAttribute("role", "alert");
      place.textContent = button.closest("[data-recaptcha]").dataset.failed;
      if (!button.parentElement.querySelector("[role=alert]")) button.after(place);
      script.remove();
    };
    document.head.append(script);
  });
});

window.challengePassed = () => {}; // Google's script wants to tell somebody
