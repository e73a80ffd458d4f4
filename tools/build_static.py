"""Copy what pages and papers need out of node_modules into static/vendor.

The style of the design system, and our letter: one variable font for the screen, and
single weights for paper, since the PDF writer knows no variable fonts.
"""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
SCREEN_FONT = MODULES / "@fontsource-variable" / "source-sans-3"
PAPER_FONT = MODULES / "@fontsource" / "source-sans-3"
SUBSETS = ("latin", "latin-ext")
SCREEN_STYLES = ("normal", "italic")
PAPER_STYLES = ("400-normal", "600-normal", "700-normal", "400-italic")

# Only what pages may use: the whole library is three times as large. The values of its
# design tokens are our own, in static/nvsi.css.
COMPONENTS = (
    *("alert", "breadcrumb-nav", "button", "button-group", "button-link", "checkbox"),
    *("data-badge", "document", "form-field", "form-field-description"),
    *("form-field-error-message", "form-fieldset", "form-label"),
    *("heading-1", "heading-2", "heading-3", "link", "link-button", "ordered-list"),
    *("page-body", "paragraph", "radio-button", "select", "skip-link", "table"),
    *("textarea", "textbox", "unordered-list"),
)

FONT_FACE = """\
@font-face {{
  font-family: "Source Sans 3";
  font-style: {style};
  font-weight: 200 900;
  font-display: swap;
  src: url("{file}") format("woff2");
  unicode-range: {characters};
}}
"""


def main() -> None:
    """Build it anew beside the old one, so that it is never half there."""
    new = VENDOR.with_name("vendor.new")
    shutil.rmtree(new, ignore_errors=True)
    fonts = new / "fonts"
    fonts.mkdir(parents=True)
    (new / "components.css").write_text(components())
    (fonts / "source-sans-3.css").write_text(screen_font(fonts))
    for subset in SUBSETS:
        for style in PAPER_STYLES:
            name = f"source-sans-3-{subset}-{style}.woff2"
            shutil.copyfile(PAPER_FONT / "files" / name, fonts / name)
    shutil.copyfile(SCREEN_FONT / "LICENSE", fonts / "LICENSE")
    shutil.rmtree(VENDOR, ignore_errors=True)
    new.rename(VENDOR)


def components() -> str:
    """The style sheets of the components in one, unchanged."""
    library = MODULES / "@utrecht"
    sheets = [
        (library / f"{name}-css" / "dist" / "index.min.css").read_text()
        for name in COMPONENTS
    ]
    origin = "/* Components of Utrecht (NL Design System), EUPL-1.2, unchanged */"
    return "\n".join([origin, *sheets])


def screen_font(fonts: Path) -> str:
    """Copy the variable font, and give the style sheet that names its files."""
    characters = json.loads((SCREEN_FONT / "unicode.json").read_text())
    faces = []
    for subset in SUBSETS:
        for style in SCREEN_STYLES:
            name = f"source-sans-3-{subset}-wght-{style}.woff2"
            shutil.copyfile(SCREEN_FONT / "files" / name, fonts / name)
            faces.append(
                FONT_FACE.format(style=style, file=name, characters=characters[subset])
            )
    return "\n".join(faces)


if __name__ == "__main__":
    main()
