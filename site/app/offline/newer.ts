// The note that a newer version of the page is there.

import { dark, light } from "../palette.ts";

const STYLE = `
:host { bottom: 12px; left: 12px; position: fixed; right: 12px; z-index: 5; }
div {
  align-items: center; background: light-dark(${light.ink}, ${dark.ink}); border-radius: 8px; box-shadow: 0 2px 12px #0006; color: light-dark(${light.paper}, ${dark.paper});
  display: flex; flex-wrap: wrap; font: 15px/1.4 var(--md-text-font-family, system-ui, sans-serif); gap: 8px 16px; margin: 0 auto; max-width: 44em;
  padding: 10px 14px;
}
p { flex: 1 1 16em; margin: 0; }
button {
  appearance: none; background: transparent; border: 1px solid currentColor; border-radius: 6px; color: inherit; cursor: pointer; font: inherit;
  min-height: 40px; padding: 4px 14px;
}
button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
@media print { :host { display: none; } }
`;

/** Offer to load the page anew. */
export function offerNewer(): void {
  if (document.querySelector("aside.newer-version")) return;
  const place = document.createElement("aside");
  place.className = "newer-version";
  place.setAttribute("aria-label", "New version");
  place.attachShadow({ mode: "open" }).innerHTML = `<style>${STYLE}</style><div role="status">
    <p>A new version of this page is out. What you have written here is kept.</p>
    <button type="button">Load it</button><button type="button">Later</button></div>`;
  const [load, later] = place.shadowRoot?.querySelectorAll("button") ?? [];
  load?.addEventListener("click", () => location.reload());
  later?.addEventListener("click", () => place.remove());
  document.body.append(place);
}
