const region = document.getElementById("announcer");
const waiting = [];

/** Spoken one after the other: a live region that changes twice in a moment speaks only its last words. */
export function announce(sentence) {
  waiting.push(sentence);
  if (waiting.length === 1) speakNext();
}

function speakNext() {
  region.textContent = waiting[0];
  setTimeout(() => {
    waiting.shift();
    if (waiting.length > 0) speakNext();
  }, 700);
}
