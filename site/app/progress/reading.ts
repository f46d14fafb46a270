// Notes that a lesson was opened, how many questions it asks, and, once its end has come into sight, that it was read.

import { note } from "./lessons.ts";

note({ questions: document.querySelectorAll("descent-question").length });

const end = document.getElementById("practise");
if (end) {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    note({ read: true });
  });
  seen.observe(end);
}
