// @vitest-environment jsdom
// Of the two, jsdom is the one for which DOMPurify is made.
import { describe, expect, it } from "vitest";
import { pictureView } from "./output.ts";

describe("a picture", () => {
  const around = (inside: string) =>
    pictureView(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="1"/>${inside}</svg>`,
    ) as HTMLElement;

  it.each([
    ["a script", "<script>alert(1)</script>"],
    ["a handler", '<g onclick="alert(1)"><animate onbegin="alert(1)" attributeName="x" dur="1s"/></g>'],
    [
      "HTML",
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></body></foreignObject>',
    ],
    ["HTML by its name alone", '<img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/>'],
    ["a link", '<a href="javascript:alert(1)"><text>here</text></a>'],
    ["something to be fetched", '<image href="https://host/x.png"/><use href="https://host/x.svg#y"/>'],
    ["a style", "<style>@import 'https://host/x.css';</style><g style=\"background:url(https://host/x)\"/>"],
  ])("keeps nothing of %s, and what is drawn beside it", (_what, inside) => {
    const figure = around(inside);
    expect(figure.innerHTML).not.toMatch(/script|alert|on\w+=|foreignObject|<img|href|host|style/i);
    expect(figure.querySelector("circle")).not.toBeNull();
  });
});
