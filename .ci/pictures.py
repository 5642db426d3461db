"""The README's pictures, drawn from what the program shows on a terminal of the seeds.

python .ci/pictures.py            draws examples/pictures/*.svg anew
python .ci/pictures.py --check    says whether they show what the program shows now; 1 if not
"""

from __future__ import annotations

import html
import os
import re
import shlex
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pexpect
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "examples" / "pictures"
TODAY = "2025-05-10"
_PROGRAM = [sys.executable, "-m", "mou_cli"]
_ROWS = 60
_DAY_OF_RECORD = re.compile(r"Recorded\d+[A-Za-z]+\d{4}")
_THEME = TerminalTheme(
    (250, 250, 248),
    (40, 42, 54),
    [
        *((40, 42, 54), (176, 32, 40), (24, 122, 60), (150, 104, 0)),
        *((30, 86, 176), (134, 50, 140), (0, 118, 130), (90, 92, 100)),
    ],
)
# Without the fonts that Rich's own template fetches from elsewhere.
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>
text {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }}
.{unique_id}-matrix {{ font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 16px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class Picture(NamedTuple):
    """What is drawn: the file's name, the command line, and how many columns the terminal has."""

    name: str
    command: str
    width: int = 100


PICTURES = (
    Picture("dashboard", "mou --as-of 2027-01-15"),
    Picture("list", "mou list --country Norway"),
    Picture("page", "mou show riverside-fjord-2024"),
    Picture("due", "mou plan due --month May"),
)
RECORDED = ("seeds", "examples/tacit-renewal.yaml")


def main() -> None:
    """Draw the pictures, or check them."""
    with TemporaryDirectory() as home:
        variables = {"HOME": home, "PATH": os.environ["PATH"], "MOU_DB": f"{home}/mou.db", "MOU_TODAY": TODAY}
        variables |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "MOU_PAGER": "off", "MOU_ACTOR": "office"}
        run(["import", *RECORDED], variables, 100)
        shown = {p: run(shlex.split(p.command)[1:], variables, p.width) for p in PICTURES}
    if "--check" in sys.argv[1:]:
        stale = [p.name for p, screen in shown.items() if not shows(FOLDER / f"{p.name}.svg", screen)]
        sys.exit(f"pictures that show something else now: {', '.join(stale)}" if stale else 0)
    FOLDER.mkdir(exist_ok=True)
    for picture, screen in shown.items():
        (FOLDER / f"{picture.name}.svg").write_text(draw(picture, screen), "utf-8")


def run(arguments: list[str], variables: dict[str, str], width: int) -> str:
    """Run the program on a terminal and give what it prints, colours and all."""
    program, *rest = _PROGRAM
    output, code = pexpect.run(
        shlex.join([program, *rest, *arguments]),
        cwd=str(ROOT),
        env=variables,  # type: ignore[arg-type]  # the stubs want os.environ's own class
        withexitstatus=True,
        dimensions=(_ROWS, width),
        timeout=60,
    )
    text: str = output.decode().replace("\r\n", "\n")
    if code:
        sys.exit(f"mou {' '.join(arguments)} ended with {code}: {text}")
    return text


def draw(picture: Picture, screen: str) -> str:
    """Give the picture as SVG: the command line and what it prints."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=picture.width, file=nowhere, force_terminal=True, legacy_windows=False)
        console.print(Text(f"$ {picture.command}", style="bold"))
        console.print(Text.from_ansi(screen))
        return console.export_svg(title=picture.name, theme=_THEME, code_format=_SVG, unique_id=f"mou-{picture.name}")


def shows(file: Path, screen: str) -> bool:
    """Tell whether a picture shows the words of a screen, whatever draws it."""
    if not file.exists():
        return False
    drawn = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", file.read_text("utf-8")))
    return _letters(Text.from_ansi(screen).plain) in _letters(html.unescape(drawn))


def _letters(text: str) -> str:
    # A record was recorded on the day on which the picture was drawn.
    return _DAY_OF_RECORD.sub("Recorded", "".join(text.split()))


if __name__ == "__main__":
    main()
