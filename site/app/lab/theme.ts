// The theme of the page, as far as what is drawn on canvases has to know it.

import type { Ink } from "./plane.ts";
import type { Tints } from "./surface3d.ts";

export const isDark = (): boolean => document.body.dataset.mdColorScheme === "slate";

export interface Colours {
  ink: Ink;
  tints: Tints;
}

/** The theme's colours for what is drawn on canvases. Asked for in each frame they would cost more than the drawing. */
export function coloursOf(root: HTMLElement): Colours {
  const look = getComputedStyle(root);
  const colour = (name: string) => look.getPropertyValue(name).trim();
  return {
    ink: { text: colour("--ink"), paper: look.backgroundColor },
    tints: { low: colour("--low"), middle: colour("--middle"), high: colour("--high") },
  };
}
