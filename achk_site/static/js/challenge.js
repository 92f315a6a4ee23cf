// The check against programs: works out a proof while its form is filled in. Only pages whose form asks for it load this.

const STALE = 15 * 60 * 1000; // the server takes proofs for 20 minutes
const THREADS = Math.min(navigator.hardwareConcurrency || 2, 4);

function inWorkers(work, url) {
  const workers = [];
  const found = new Promise((resolve, reject) => {
    let left = THREADS;
    for (let first = 0; first < THREADS; first += 1) {
      const worker = new Worker(url);
      workers.push(worker);
      worker.onerror = reject;
      worker.onmessage = ({ data }) => {
        left -= 1;
        if (data !== null || !left) resolve(data);
      };
      worker.postMessage({ ...work, first, step: THREADS });
    }
  });
  const stop = () => workers.forEach((worker) => worker.terminate());
  found.then(stop, stop);
  return found;
}

async function solve(work, url) {
  try {
    return await inWorkers(work, url);
  } catch (error) { // a browser that takes default-src for workers, such as Safari 13
    await import(url);
    return self.findNumber({ ...work, first: 0, step: 1 }, true);
  }
}

async function prove(box) {
  const response = await fetch(box.dataset.challenge, { credentials: "omit", cache: "no-store" });
  if (!response.ok) throw new Error(response.status);
  const { algorithm, challenge, maxNumber, salt, signature } = await response.json();
  const number = await solve({ salt, challenge, max: maxNumber }, box.dataset.worker);
  if (number === null) throw new Error("no number fits");
  return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}

function setUp(box) {
  const form = box.closest("form");
  const field = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  let running = null, provedAt = 0, hasFailed = false, pressed = null;

  function say(state) {
    box.dataset.state = state;
    status.textContent = box.dataset[state];
  }

  async function run() {
    say("working");
    try {
      field.value = await prove(box);
      provedAt = Date.now();
      say("done");
    } catch (error) {
      field.value = "";
      hasFailed = true;
      say("failed");
    }
    running = null;
  }

  const isFresh = () => field.value && Date.now() - provedAt < STALE;
  const start = () => {
    if (!running && !isFresh()) running = run();
    return running;
  };
  const startOnce = () => { if (!hasFailed) start(); };

  // A form that is sent too early waits. What cannot be proved is sent all the same: the server says what then.
  function hold(event) {
    if (isFresh() || hasFailed) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter || pressed || form.querySelector("button[type=submit]");
    start().then(() => button.click());
    say("waiting");
  }

  function reset() {
    field.value = "";
    provedAt = 0;
    hasFailed = false;
    if (!running) say("ready");
  }

  form.addEventListener("focusin", startOnce);
  form.addEventListener("pointerdown", startOnce);
  form.addEventListener("click", (event) => { pressed = event.target.closest("button[type=submit]") || pressed; });
  form.addEventListener("submit", hold);
  box.querySelector("button").addEventListener("click", () => { hasFailed = false; start(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) reset(); }); // the proof was used up
  reset();
}

document.querySelectorAll("[data-challenge]").forEach(setUp);
