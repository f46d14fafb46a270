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

/** Write a text where it is another one: what is written anew is laid out anew. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Set attributes that are other ones. */
export function describe(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

/**
 * Fit a canvas to its box and the screen's pixels; answers its context, in CSS pixels, wiped clean. The font is set with
 * the size: to set it in each frame would have the page laid out once more in each frame.
 */
export function wiped(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  font = "11px Text, system-ui, sans-serif",
): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    context.font = font;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
