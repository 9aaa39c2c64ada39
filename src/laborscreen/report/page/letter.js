"use strict";
// Saves what was typed into the form as a small JSON file. Nothing is sent anywhere.
(() => {
  const $ = (id) => document.getElementById(id);
  const made = JSON.parse($("made").textContent);
  const told = (selector, key) => [...document.querySelectorAll(selector)].filter((one) => one.value.trim()).map((one) => ({ [key]: one.dataset[key], answer: one.value.trim() }));
  $("print").addEventListener("click", () => print());
  $("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = { format: made.format, record_id: made.record_id, answered_on: $("answered-on").value, answered_by: $("answered-by").value.trim(), answers: told("[data-field]", "field"), documents: told("[data-document]", "document") };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(answers, null, 2) + "\n"], { type: "application/json" }));
    link.download = made.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
})();
