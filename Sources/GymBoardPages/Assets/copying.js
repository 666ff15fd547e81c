"use strict";
// Puts a button below each command that copies it, if the browser lets pages write the clipboard.
document.addEventListener("DOMContentLoaded", () => {
  if (!navigator.clipboard) return;
  for (const command of document.querySelectorAll("pre.command")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.setAttribute("aria-live", "polite");
    const say = (text) => { button.textContent = text; };
    say("Copy the command");
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(command.textContent).then(() => say("Copied"), () => {
        getSelection().selectAllChildren(command);
        say("Selected, now copy it");
      });
    });
    command.after(button);
  }
});
