// `<descent-question>`: makes a question of a lesson one that can be answered in the page.
//
// The Markdown is a question for readers without scripts too: a box with the question, the options where there are some,
// a fold with the answer, and a fold with what is to be said to other answers. The element stands below the question:
//
//     <descent-question name="one-update" number="1.1"></descent-question>          within="0.05" where more is allowed
//     <descent-question name="which-way" choice="2"></descent-question>             the second option of the list above
//     <descent-question name="algorithm" order="3 1 2"></descent-question>          the third thing of the list comes first

import { answered, isAnswered } from "../progress/lessons.ts";
import { choiceField, type Field, numberField, orderField } from "./fields.ts";
import { inside, read, type Written } from "./marks.ts";
import { style } from "./style.ts";

class DescentQuestion extends HTMLElement {
  #verdict = document.createElement("div");
  #written!: Written;
  #field!: Field;

  connectedCallback(): void {
    if (this.childElementCount) return; // moved, not made
    this.#written = read(this);
    this.#field = this.#make();
    const form = document.createElement("form");
    const button = document.createElement("button");
    button.textContent = "Check";
    button.className = "check";
    form.append(this.#field.element, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#check();
    });
    this.#verdict.setAttribute("role", "status");
    this.append(form, this.#verdict);
    const { box } = this.#written;
    const title = box.querySelector<HTMLElement>(".admonition-title");
    if (title) {
      title.id ||= `question-${this.#name}`;
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", title.id);
    }
    this.#mark();
  }

  get #name(): string {
    return this.getAttribute("name") ?? "";
  }

  #make(): Field {
    const { list } = this.#written;
    const number = this.getAttribute("number");
    if (number !== null) return numberField(number, this.getAttribute("within"));
    if (!list) throw new Error(`question ${this.#name}: there is no list of options above it`);
    const order = this.getAttribute("order");
    if (order !== null) return orderField(list, order.split(" ").map(Number));
    return choiceField(list, Number(this.getAttribute("choice")), `question-${this.#name}`);
  }

  #check(): void {
    const missing = this.#field.missing();
    if (missing) {
      this.#say("missing", paragraph(missing));
    } else if (this.#field.isRight()) {
      answered(this.#name);
      this.#mark();
      this.#say("right", paragraph(bold("Right.")), ...inside(this.#written.answer));
    } else {
      const mistake = this.#written.mistakes.find((one) => this.#field.made(one));
      const hint = this.#field.hint() ?? "Try again, or open the answer.";
      const said = mistake ? mistake.said.map((node) => node.cloneNode(true)) : [hint];
      this.#say("wrong", paragraph(bold("Not quite.")), paragraph(...said));
    }
  }

  #say(kind: string, ...said: Node[]): void {
    this.#verdict.className = `verdict ${kind}`;
    this.#verdict.replaceChildren(...said);
    this.#written.answer.hidden = kind === "right"; // it has just been told
  }

  #mark(): void {
    this.#written.box.classList.toggle("answered", isAnswered(this.#name));
  }
}

function paragraph(...said: (Node | string)[]): HTMLElement {
  const element = document.createElement("p");
  element.append(...said);
  return element;
}

function bold(said: string): HTMLElement {
  const element = document.createElement("strong");
  element.textContent = said;
  return element;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets.push(sheet); // not in a shadow: what is said may hold formulas, which the page's styles set
customElements.define("descent-question", DescentQuestion);
