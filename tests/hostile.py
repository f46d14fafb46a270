"""Texts that somebody would hand in to be more than text: one set for every place where a learner's words are shown.

Each holds `PAYLOAD`, where there is room for it, so that a reader of a page finds what has come alive.
"""

from tests.attacks_class.reading import PAYLOAD

RUN = f"{PAYLOAD}()"
HTML = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"</pre></textarea></title><svg/onload={RUN}>",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<iframe srcdoc='&lt;script&gt;{RUN}&lt;/script&gt;'></iframe>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}></style></mglyph></table></mtext></math>",
    f"<svg><a xlink:href='javascript:{RUN}'><text>x</text></a><animate onbegin={RUN} attributeName=x></svg>",
    f"\" onfocus={RUN} autofocus x='",
    f"' onmouseover={RUN} '",
    f"`onload={RUN}`",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;img src=x onerror={RUN}&#62;",
)
MARKDOWN = (
    f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})",
    f"[x](&#106;avascript&colon;{RUN})",
    f"[x](java\tscript:{RUN})",
    f"[x](<vbscript:{RUN}>)",
    f"[x](data:text/html,<script>{RUN}</script>)",
    f"[x]\n\n[x]: javascript:{RUN}",
    f"[x][y]\n\n[y]: <data:text/html,{RUN}>",
    f"<javascript:{RUN}>",
    f"![{PAYLOAD}](attachment:y.png)",
    f"![{PAYLOAD}][y]\n\n[y]: attachment:y.png",
    f"![x](https://elsewhere.example/{PAYLOAD}.png)",
    f"https://elsewhere.example/{PAYLOAD}",
    f"# statusmessage\n\nstatusmessage\n===\n\n# {PAYLOAD}",
    f"```mermaid\n<img src=x onerror={RUN}>\n```",
    f"~~~mermaid\n<img src=x onerror={RUN}>\n~~~",
    f"```\n``` \n<img src=x onerror={RUN}>",
    f"````text\n```\n````\n<img src=x onerror={RUN}>",
    f"a|b\n-|-\n[x](javascript:{RUN})|<img src=x onerror={RUN}>",
    f"> - 1. [x](javascript:{RUN})",
    f"$$\n<img src=x onerror={RUN}>\n$$",
    f"\\begin{{a}}<img src=x onerror={RUN}>\\end{{a}}",
    f"    indented\n\n<img src=x onerror={RUN}>",
    f"term\n: [x](javascript:{RUN})",
    f"\\<img src=x onerror={RUN}> \\[x](javascript:{RUN})",
)
TERMINAL = (
    f"\x1b[2J\x1b]0;{PAYLOAD}\x07\x1b[31m",
    f"\x1b]8;;https://elsewhere.example/{PAYLOAD}\x1b\\link\x1b]8;;\x1b\\",
    f"\x9b31m\x90{PAYLOAD}\x9c",
    f"[bold red]{PAYLOAD}[/bold red] [link=https://elsewhere.example]x[/link] [/]",
    f"one\rtwo\b\b\b{PAYLOAD}",
    f"\u202e{PAYLOAD}\u2066\u2069\u200f\u061c",
)
BYTES = (
    f"nul \x00 {PAYLOAD}",
    f"half \ud800 of a pair \udfff {PAYLOAD}",
    f"]]> <![CDATA[ {PAYLOAD} ]]>",
    f"no XML: \x01\x0b\x0c\x1f\ufffe\uffff\x7f\x85\u2028\u2029 {PAYLOAD}",
)
SPREADSHEET = (
    f'=HYPERLINK("https://elsewhere.example/{PAYLOAD}")',
    f"+cmd|' /C {PAYLOAD}'!A0",
    f"-2+3+cmd|' /C {PAYLOAD}'!A0",
    f"@SUM(1)*{PAYLOAD}",
    f" =1+{PAYLOAD}",
    f"\t=1+{PAYLOAD}",
    f"\r=1+{PAYLOAD}",
    f"\n=1+{PAYLOAD}",
    f"x;=1+{PAYLOAD}",
    f"x\t=1+{PAYLOAD}",
    f'"x";" =1+{PAYLOAD}"',
    f"\uff1d1+{PAYLOAD}",
)
ACTIONS = (
    f"::error file=a.py::{PAYLOAD}",
    f"a\n::set-output name=x::{PAYLOAD}",
    f"   ::add-mask::{PAYLOAD}",
    f"##[add-mask]{PAYLOAD}",
    f"::stop-commands::{PAYLOAD}",
)
LONG = (PAYLOAD + "x" * 2**20, "[" * 2**16, " \n" * 2**15, f"{PAYLOAD} <" + "a" * 2**16)
SHORT = (*HTML, *MARKDOWN, *TERMINAL, *BYTES, *SPREADSHEET, *ACTIONS)
TEXTS = (*SHORT, *LONG)
