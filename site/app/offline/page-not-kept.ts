// What is shown without a network in place of a page that was never visited: what can be read instead.

export function notKept(scope: string, addresses: string[]): Response {
  const pages = addresses.filter((one) => one.startsWith(scope) && one.endsWith("/")).sort();
  const items = pages.map((one) => `<li><a href="${escaped(one)}">${escaped(name(one, scope))}</a></li>`).join("");
  const list = items ? `<p>These pages can be read without one:</p><ul>${items}</ul>` : "";
  return new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>No network</title><style>:root{color-scheme:light dark}body{font:1.1em/1.5 system-ui,sans-serif;margin:2em auto;max-width:36em;padding:0 1em}</style>
<h1>There is no network</h1><p>This page is not kept on this device, because you have not visited it yet.</p>${list}</html>`,
    { status: 503, headers: { "content-type": "text/html; charset=utf-8" } },
  );
}

function name(address: string, scope: string): string {
  return decodeURIComponent(address.slice(scope.length)).replaceAll("_", " ").replace(/\/$/, "") || "the start page";
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
