"""Small pairs of pages to judge, and a project of them."""

from pathlib import Path

from bitext.project.work import Task

CHINESE = "# 第{n}届技能大赛\n\n5月{n}日，学校举办技能大赛，共有{n}0名学生参加。\n\n比赛结束后，校长为获奖学生颁奖。\n"
ENGLISH = (
    "# Skills Contest No. {n}\n\nOn May {n}, the school held a skills contest with {m} students.\n\n"
    "After the contest, the president presented the awards.\n"
)


def pair(folder: Path, n: int, *, right: bool = True) -> Task:
    """A pair of pages in `folder`; the number of students is wrong unless `right`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / f"{n}.zh.md", folder / f"{n}.en.md"
    paths[0].write_text(CHINESE.format(n=n), encoding="utf-8")
    paths[1].write_text(ENGLISH.format(n=n, m=f"{n}0" if right else f"{n}00"), encoding="utf-8")
    return Task(paths[0].as_posix(), paths[1].as_posix())
