// Looks for the number that a challenge asks for: the one whose SHA-256 after the salt is the given hash. Written for a
// worker; a page that may start none imports it. SHA-256 by FIPS 180-4 instead of Web Crypto, which answers each question
// by way of other threads: seven times slower here, and absent where a page is not secure.
"use strict";

(function (scope) {
  const PRIMES = [];
  for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
  const fraction = (root) => (root - Math.floor(root)) * 4294967296;
  const K = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
  const START = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const W = new Uint32Array(64);

  const turn = (x, by) => (x >>> by) | (x << (32 - by));

  // Adds the 64 bytes from `at` to the state.
  function compress(state, bytes, at) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) {
        const j = at + 4 * i;
        W[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
      } else {
        const x = W[i - 15], y = W[i - 2];
        W[i] = W[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + W[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      }
      const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + first) | 0; d = c; c = b; b = a; a = (first + second) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  // Returns a function that says whether a number fits. What stands before the salt's last block is hashed once.
  function matcher(salt, challenge) {
    const wanted = Uint32Array.from(challenge.match(/.{8}/g), (part) => parseInt(part, 16));
    const whole = salt.length - (salt.length % 64), rest = salt.length - whole;
    const bytes = Uint8Array.from(salt, (letter) => letter.charCodeAt(0));
    const before = START.slice();
    for (let at = 0; at < whole; at += 64) compress(before, bytes, at);
    const tail = new Uint8Array(128), state = new Uint32Array(8);
    tail.set(bytes.subarray(whole));
    return (number) => {
      const digits = String(number), end = rest + digits.length, size = end < 56 ? 64 : 128;
      for (let i = 0; i < digits.length; i += 1) tail[rest + i] = digits.charCodeAt(i);
      tail.fill(0, end);
      tail[end] = 128;
      const bits = 8 * (whole + end);
      tail[size - 2] = bits >>> 8;
      tail[size - 1] = bits;
      state.set(before);
      compress(state, tail, 0);
      if (size > 64) compress(state, tail, 64);
      return state[0] === wanted[0] && state.every((word, i) => word === wanted[i]);
    };
  }

  // Tries first, first + step, … up to max; null when none fits. Rests now and then where somebody waits for the page.
  scope.findNumber = async function ({ salt, challenge, max, first, step }, rest) {
    const fits = matcher(salt, challenge);
    let since = performance.now();
    for (let number = first; number <= max; number += step) {
      if (fits(number)) return number;
      if (rest && performance.now() - since > 12) {
        await new Promise((resolve) => setTimeout(resolve, 4));
        since = performance.now();
      }
    }
    return null;
  };

  if (typeof WorkerGlobalScope !== "undefined") {
    scope.onmessage = async (event) => scope.postMessage(await scope.findNumber(event.data, false));
  }
})(self);
