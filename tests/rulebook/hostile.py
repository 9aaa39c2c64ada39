"""
Rulebooks made to do harm: what stands in them, for the tests and for `make bench-rules`, which takes the time.
"""

from __future__ import annotations

from laborscreen.rulebook.limits import MAX_FILE_BYTES

_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(15)
)
_TEST = "rules:\n- {{id: A-1, when: {{field: country, is: KP}}, because: '{sentence}'}}"
_LIST = "lists:\n  - {{id: a_list, title: A list, match: exact, file: {file}}}\n"

CASES = {
    "anchor bomb": (_BOMB, {"yaml-anchor", "yaml-alias"}),
    "merge key": ("rules: [{<<: {id: A-1}}]", {"yaml-merge"}),
    "python tag": ("rules: !!python/object/apply:os.system ['echo']", {"yaml-tag"}),
    "python tag on a value": ("rules: [{id: !!python/name:os.system ''}]", {"yaml-tag"}),
    "binary tag": ("rules: [{id: !!binary aGVsbG8=}]", {"yaml-tag"}),
    "ten thousand open brackets": ("rules: " + "[" * 10_000, {"too-deep"}),
    "ten thousand brackets": ("rules: " + "[" * 10_000 + "]" * 10_000, {"too-deep"}),
    "ten thousand braces": ("rules: " + "{a: " * 10_000, {"too-deep"}),
    "ten thousand dashes": ("rules:\n" + "- " * 10_000 + "x", {"too-deep"}),
    "ten thousand question marks": ("rules:\n" + "? " * 10_000, {"too-deep"}),
    "a staircase": ("\n".join(" " * i + "a:" for i in range(1_000)), {"too-deep"}),
    "a large file": ("rules: []\n#" + "x" * MAX_FILE_BYTES, {"too-large"}),
    "a long field name": ("rules:\n- {id: A-1, when: {field: " + "k" * 900_000 + ", is: 1}}", {"unknown-field"}),
    "a long sentence of braces": (_TEST.format(sentence="{a.b!r}" * 50_000), {"long-sentence"}),
    "many faults of syntax": ("rules:\n" + "- a: b: c\n" * 50_000, {"yaml-syntax"}),
    "many open quotations": ("rules:\n" + '- "a\n' * 100_000, {"yaml-syntax"}),
    "many misspelt fields": (
        "rules:\n" + "\n".join(f"- {{id: A-{i}, when: {{field: workforcee.hourz{i}, at_leest: 1}}}}" for i in range(9_000)),
        {"unknown-field", "unknown-operator", "too-many-problems"},
    ),
    "twenty thousand rules": ("rules:\n" + "\n".join(f"- {{id: A-{i}}}" for i in range(20_000)), {"too-many-rules"}),
    "control characters": ("rules:\n  - id: A\x00\x1b[31m-1\n", {"control-character"}),
    "keys that are lists": ("? [a, b]\n: c\n? {x: y}\n: d\n", {"odd-key"}),
    "absolute list file": (_LIST.format(file="/etc/passwd"), {"outside-folder"}),
    "list file above": (_LIST.format(file="../secret.csv"), {"outside-folder"}),
    "list file far above": (_LIST.format(file="lists/../../../../../../etc/passwd"), {"outside-folder"}),
    "list file by URL": (_LIST.format(file="'file:///etc/passwd'"), {"outside-folder"}),
    "list file on a share": (_LIST.format(file="'\\\\host\\share'"), {"outside-folder"}),
    "list file with a long name": (_LIST.format(file="x" * 5_000), {"no-such-file"}),
    "list file that is a folder": (_LIST.format(file="."), {"no-such-file"}),
    "attribute in the sentence": (_TEST.format(sentence="{country.__class__.__mro__}"), {"odd-template"}),
    "index in the sentence": (_TEST.format(sentence="{country[0]} {0} {}"), {"odd-template"}),
    "format in the sentence": (_TEST.format(sentence="{country:>999999999}"), {"odd-template"}),
}  # fmt: skip

HOSTILE = {name: text for name, (text, _) in CASES.items()}
"""The texts alone."""
