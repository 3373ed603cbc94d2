"""OmegaT as another reader and writer of our formats: where it is, a project for it, and runs of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>ZH-CN</source_lang><target_lang>EN-US</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>
</project></omegat>
"""
FOLDERS = ("source", "target", "tm", "glossary", "dictionary", "omegat")


@dataclass(frozen=True)
class OmegaT:
    """The program: its launcher, the runtime, and the archive that holds its classes."""

    launcher: str
    java: str
    jar: Path

    def run(self, folder: Path, mode: str, *options: str) -> Path:
        """Let OmegaT do `mode` in the project `folder`, which is given back."""
        settings = folder.parent / "settings"
        command = [self.launcher, str(folder), f"--mode={mode}", f"--config-dir={settings}", *options]
        self._call([*command, "--disable-project-locking"], folder.parent)
        return folder

    def terms(self, folder: Path, *files: Path) -> list[tuple[str, str, str]]:
        """The name of the file, the source term and the target term of each entry that its glossary readers find."""
        classes = os.pathsep.join([str(self.jar), *self._libraries()])
        reader = Path(__file__).with_name("OmegaTGlossaries.java")
        done = self._call([self.java, "-cp", classes, str(reader), str(folder), *map(str, files)], folder)
        rows = (line.split("\t") for line in done.splitlines())
        return [(row[0], row[1], row[2]) for row in rows if len(row) == 3]

    def _libraries(self) -> list[str]:
        from zipfile import ZipFile

        with ZipFile(self.jar) as archive:
            manifest = archive.read("META-INF/MANIFEST.MF").decode().replace("\r\n", "\n").replace("\n ", "")
        found = re.search(r"^Class-Path: (.*)$", manifest, re.MULTILINE)
        return [str((self.jar.parent / name).resolve()) for name in found[1].split()] if found else []

    def _call(self, command: list[str], home: Path) -> str:
        options = f"-Duser.home={home} -Djava.awt.headless=true -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8"
        surroundings = {**os.environ, "JAVA_TOOL_OPTIONS": options, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=surroundings, capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")[-2000:]
        return done.stdout.decode()


def omegat() -> OmegaT:
    """OmegaT, or a skip where it is not installed."""
    launcher, java = shutil.which("omegat"), shutil.which("java")
    if launcher is None or java is None:
        pytest.skip("OmegaT is not installed (no omegat, or no java, on the path)")
    script = Path(launcher).read_bytes()[:10_000].decode("utf-8", "replace")
    found = re.search(r"\S+/OmegaT\.jar", script)
    if found is None or not Path(found[0]).is_file():
        pytest.skip("OmegaT.jar was not found by what the launcher says")
    return OmegaT(launcher, java, Path(found[0]))


def project(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A project of OmegaT in `folder`, from Chinese to English, with `files` by their paths within it."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    (folder / "omegat.project").write_text(PROJECT, encoding="utf-8")
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
