"""The pages of the site: every Markdown file of the repository, at its own path.

Links between pages need no change then. A link to another file, such as a source or a template,
leads to a page made here that shows it; one to a folder leads to its README or to a list.
Markdown is read as GitHub reads it where the two differ: anchors, and lists behind a paragraph.
"""

import os
import re
from pathlib import Path, PurePosixPath

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]
# Where docs/site/build puts the Javadoc.
JAVADOC = os.environ.get("ROLECALL_JAVADOC", "")

PICTURES = {".svg", ".png"}
LEFT_OUT = {"target", "node_modules"}
LANGUAGES = {
    ".go": "go", ".java": "java", ".json": "json", ".mjs": "js", ".proto": "protobuf",
    ".py": "python", ".sh": "bash", ".tf": "terraform", ".xml": "xml", ".yaml": "yaml",
}
NO_JAVADOC = "<title>Javadoc</title><p>This copy was built without the Javadoc.</p>"

FENCED = re.compile(r"(?ms)^( *)(```+).*?^\1\2 *$")
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
LINK = re.compile(r"(\]\()([^)\s#:]+)((?:#[^)\s]*)?\))")
ITEM = re.compile(r"([-*]|\d+\.) +")
BLOCK = re.compile(r"#|```|\||<!--")
# A line of a paragraph: of no list, table, heading or comment, and not indented.
TEXT = re.compile(r"(?![-*] |\d+\. )[^\s#|<]")


def on_config(config):
    config.mdx_configs.setdefault("toc", {})["slugify"] = github_anchor
    return config


def github_anchor(heading, separator):
    """As GitHub makes them: each space is a hyphen, and other punctuation is left out."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower(), flags=re.UNICODE).strip()
    return kept.replace(" ", separator)


def on_files(files, config):
    pages = sorted(markdown_files())
    wanted = set()
    for path in pages:
        text = (ROOT / path).read_text(encoding="utf-8")
        files.append(File.generated(config, path, content=text))
        wanted |= {target for _, target in links_of(path, text)}
    shown = set(pages)
    while wanted:
        path = wanted.pop()
        if path in shown:
            continue
        shown.add(path)
        if PurePosixPath(path).suffix in PICTURES:
            files.append(File.generated(config, path, abs_src_path=str(ROOT / path)))
        elif (ROOT / path).is_dir():
            if not (ROOT / path / "README.md").is_file():
                listed, below = folder_page(path)
                files.append(File.generated(config, page_of(path), content=listed))
                wanted |= below
        else:
            files.append(File.generated(config, page_of(path), content=source_page(path)))
    add_javadoc(files, config)
    return files


def markdown_files():
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in LEFT_OUT and not name.startswith(".")]
        for name in names:
            if name.endswith(".md"):
                yield (Path(folder) / name).relative_to(ROOT).as_posix()


def links_of(page, text):
    """Each link of a page to a file or folder there is, with its path from the root."""
    for part, is_code in parts(text):
        if not is_code:
            for link in LINK.finditer(part):
                path = resolved(page, link.group(2))
                if path is not None:
                    yield link.group(2), path


def parts(text):
    """The text in parts, each with whether it is code."""
    return (part for whole in split(FENCED, text) for part in inline(*whole))


def inline(text, is_code):
    return [(text, True)] if is_code else split(CODE, text)


def split(pattern, text):
    end = 0
    for found in pattern.finditer(text):
        yield text[end:found.start()], False
        yield found.group(), True
        end = found.end()
    yield text[end:], False


def resolved(page, link):
    path = os.path.normpath(os.path.join(os.path.dirname(page), link))
    if path.startswith("..") or not (ROOT / path).exists():
        return None
    return path


def page_of(path):
    """The page that a link to that file or folder leads to."""
    if (ROOT / path).is_dir():
        if (ROOT / path / "README.md").is_file():
            return path + "/README.md"
        return "source/" + path + "/index.md"
    if PurePosixPath(path).suffix in PICTURES | {".md"}:
        return path
    return "source/" + path + ".md"


def source_page(path):
    text = (ROOT / path).read_text(encoding="utf-8").rstrip("\n")
    fence = "`" * 3
    while fence in text:
        fence += "`"
    language = LANGUAGES.get(PurePosixPath(path).suffix, "text")
    return f"{head(path)}{fence}{language}\n{text}\n{fence}\n"


def folder_page(path):
    files = sorted(file for file in (ROOT / path).rglob("*") if file.is_file())
    paths = [file.relative_to(ROOT).as_posix() for file in files]
    shown = [p for p in paths if not LEFT_OUT & set(PurePosixPath(p).parts)]
    here = os.path.dirname(page_of(path))
    items = (
        f"- [{os.path.relpath(p, path)}]({os.path.relpath(page_of(p), here)})\n" for p in shown
    )
    return head(path) + "".join(items), set(shown)


def head(path):
    name = PurePosixPath(path).name
    return f"---\nsearch: {{exclude: true}}\nhide: [navigation]\n---\n# {name}\n\n`{path}`\n\n"


def add_javadoc(files, config):
    if not JAVADOC:
        files.append(File.generated(config, "api/index.html", content=NO_JAVADOC))
        return
    for file in sorted(Path(JAVADOC).rglob("*")):
        if file.is_file():
            to = "api/" + file.relative_to(JAVADOC).as_posix()
            # The licences of its scripts. As Markdown they would be pages, which the nav has not.
            to += ".txt" if file.suffix == ".md" else ""
            files.append(File.generated(config, to, abs_src_path=str(file)))


def on_page_markdown(markdown, page, config, files):
    at = page.file.src_uri
    if at.startswith("source/"):
        return markdown
    linked = (part if is_code else rewritten(at, part) for part, is_code in parts(markdown))
    return indented("".join(linked))


def rewritten(page, text):
    def to_page(link):
        path = resolved(page, link.group(2))
        if path is None or page_of(path) == path:
            return link.group()
        to = os.path.relpath(page_of(path), os.path.dirname(page) or ".")
        return link.group(1) + to + link.group(3)

    return LINK.sub(to_page, text)


def indented(text):
    """Lists as GitHub reads them: what is below an item begins where the item's text does.

    Python-Markdown wants four spaces for each level, and an empty line before the first item.
    """
    lines, starts, fence, after_blank = [], [], "", True
    for line in text.split("\n"):
        body = line.lstrip(" ")
        indent = len(line) - len(body)
        item = None if fence else ITEM.match(body)
        if body and not fence and (item or after_blank or BLOCK.match(body)):
            while starts and indent < starts[-1]:
                starts.pop()
        start = starts[-1] if starts else 0
        if item and not starts and lines and TEXT.match(lines[-1]):
            lines.append("")
        lines.append((" " * (4 * len(starts) + max(0, indent - start)) + body).rstrip())
        if item and indent - start < 4:
            lines[-1] = " " * 4 * len(starts) + body
            starts.append(indent + item.end())
        opened = re.match("```+", body)
        if opened and not fence:
            fence = opened.group()
        elif opened and body.strip() == fence:
            fence = ""
        after_blank = not body
    return "\n".join(lines)
