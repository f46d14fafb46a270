// What an element of the page has to follow while it is part of the page: when it comes near, its size, the theme, the
// printer and the full screen. All of it ends when the element is taken away.

export class Watch {
  private readonly element: HTMLElement;
  private readonly ends: (() => void)[] = [];

  constructor(element: HTMLElement) {
    this.element = element;
  }

  stop(): void {
    for (const end of this.ends.splice(0)) end();
  }

  /** Once, when the reader comes near. */
  nearing(near: () => void): void {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        near();
      },
      { rootMargin: "50%" },
    );
    observer.observe(this.element);
    this.ends.push(() => observer.disconnect());
  }

  printing(before: () => void, after: () => void): void {
    this.listen(window, "beforeprint", before);
    this.listen(window, "afterprint", after);
  }

  resizing(box: Element, resized: () => void): void {
    const observer = new ResizeObserver(resized);
    observer.observe(box);
    this.ends.push(() => observer.disconnect());
  }

  theming(themed: () => void): void {
    const observer = new MutationObserver(themed);
    observer.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    this.ends.push(() => observer.disconnect());
  }

  /** When the element takes the whole screen, and when it gives it back. */
  filling(filled: (whole: boolean) => void): void {
    this.listen(this.element, "fullscreenchange", () => filled(document.fullscreenElement === this.element));
  }

  private listen(target: EventTarget, event: string, heard: () => void): void {
    target.addEventListener(event, heard);
    this.ends.push(() => target.removeEventListener(event, heard));
  }
}
