import * as api from "./api.js";
import { announce } from "./announce.js";

const dialog = document.getElementById("reset-dialog");
const error = document.getElementById("clock-error");

export function start(onReset) {
  document.getElementById("reset").addEventListener("click", () => {
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => dialog.returnValue === "reset" && startOver(onReset));
}

async function startOver(onReset) {
  try {
    await api.reset();
    await onReset();
    announce("The sample health system is as new.");
  } catch (problem) {
    error.textContent = problem.message;
    error.hidden = false;
  }
}
