"""A small bilingual site in a git repository, with one deprecated term."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = {
    "news/a.zh.md": (
        "# 腾飞班开班\n\n9月1日，腾飞班举行开班仪式。腾讯代表向四十名学生表示祝贺。\n\n"
        "校长介绍了课程安排。学生们参观了新的实验室。\n"
    ),
    "news/a.en.md": (
        "# Ascend Class Opens\n\nOn September 1, the Tengfei Class held its opening. Representatives of Tencent "
        "congratulated forty students.\n\nThe president described the courses. The students visited the new "
        "laboratory.\n"
    ),
    "glossaries/terms.csv": (
        "concept,language,term,status,kind,note\nascend-class,zh,腾飞班,preferred,full,\n"
        "ascend-class,en,Ascend Class,preferred,full,\nascend-class,en,Tengfei Class,deprecated,variant,pinyin\n"
    ),
}


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def make_site(folder: Path) -> Path:
    for name, text in PAGES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "A site")
    return folder
