// Making elements in a line, so that the shape of the page shows in the code.

type Child = Node | string;
type Settings = Record<string, string | number | boolean | ((event: never) => void)>;

function dress(made: Element, settings: Settings, children: Child[]): void {
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === "function") made.addEventListener(name, value as (event: Event) => void);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children);
}

/** Make an HTML element: attributes by name, and listeners by the event's name. */
export function html<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  settings: Settings = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  dress(made, settings, children);
  return made;
}

export function svg<T extends keyof SVGElementTagNameMap>(
  tag: T,
  settings: Settings = {},
  ...children: Child[]
): SVGElementTagNameMap[T] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dress(made, settings, children);
  return made;
}

/** Fit a canvas to its box and the screen's pixels; answers its context, in CSS pixels, wiped clean. */
export function wiped(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
