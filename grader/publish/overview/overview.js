// Search and sort. Without this script the page has all of its content, in the order in which it was written.
"use strict";
const search = document.querySelector("#search");
const found = document.querySelector("#found");
search.parentElement.hidden = false;
search.addEventListener("input", () => {
  const wanted = search.value.trim().toLowerCase();
  let count = 0;
  for (const one of document.querySelectorAll(".find")) {
    one.hidden = !one.textContent.toLowerCase().includes(wanted);
    count += !one.hidden;
  }
  found.textContent = wanted ? `${count} found` : "";
});
const collator = new Intl.Collator(undefined, { numeric: true });
const order = (a, b) => a - b || collator.compare(a, b); // what is no number has NaN for a difference
for (const table of document.querySelectorAll("table.sort")) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = (row) => row.cells[place].dataset.value ?? row.cells[place].textContent.trim();
      const rows = [...body.rows].sort((a, b) => order(value(a), value(b)));
      body.append(...(up ? rows : rows.reverse()));
    });
  });
}
