// What a question's Markdown says, once it is a page: options, the answer's fold, and a fold for other answers.

/** A wrong answer that somebody may give, or two things in the wrong order, and what is said to it. */
export interface Mistake {
  /** The words in bold: each is an answer of its own; where an order is asked for, the first stands before the second. */
  readonly named: string[];
  readonly said: Node[];
}

export interface Written {
  readonly box: HTMLElement;
  readonly answer: HTMLDetailsElement;
  readonly list: HTMLElement | undefined;
  readonly mistakes: Mistake[];
}

/** Read the box around a question; its fold of other answers is hidden, for each is told to those who give it. */
export function read(question: HTMLElement): Written {
  const box = question.closest<HTMLElement>(".admonition");
  const answer = box?.querySelector<HTMLDetailsElement>("details.success");
  if (!box || !answer) throw new Error("a question stands in a box with the fold of its answer");
  const before = (question.closest("p") ?? question).previousElementSibling;
  const others = box.querySelector<HTMLElement>("details.failure");
  if (others) others.hidden = true;
  const mistakes = [...(others?.querySelectorAll("li") ?? [])].map((item) => ({
    named: [...item.querySelectorAll("strong")].map(words),
    said: copied(item),
  }));
  return { box, answer, list: before?.matches("ul, ol") ? (before as HTMLElement) : undefined, mistakes };
}

/** Return what stands below a fold's title. */
export function inside(fold: HTMLElement): Node[] {
  return [...fold.children].filter((child) => child.localName !== "summary").flatMap((child) => child.cloneNode(true));
}

/** Return the words of an element, as they can be compared. */
export function words(element: Element): string {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}

function copied(item: Element): Node[] {
  return [...item.childNodes].map((node) => node.cloneNode(true));
}
