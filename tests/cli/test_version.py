"""Which version it is: the git tag and what came after it, in the program, the run log and the package."""

import importlib.metadata
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fdtrygd import settings

from commands import FDTRYGD


def git(folder: Path, *words: str) -> None:
    person = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.com", "-c", "tag.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *person, *words], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout with a file and a commit."""
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    (tmp_path / "file").write_text("as committed")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one", "--no-gpg-sign")
    settings.product_version.cache_clear()
    yield tmp_path
    settings.product_version.cache_clear()


def test_the_tag(checkout: Path) -> None:
    git(checkout, "tag", "v0.2.0")
    assert settings.product_version() == "0.2.0"


def test_what_came_after_the_tag(checkout: Path) -> None:
    git(checkout, "tag", "v0.2.0")
    git(checkout, "tag", "another")
    git(checkout, "commit", "-q", "--allow-empty", "-m", "two", "--no-gpg-sign")
    (checkout / "file").write_text("changed")
    assert settings.product_version().startswith("0.2.0-1-g")
    assert settings.product_version().endswith("-dirty")


def test_a_clone_without_tags_says_its_commit(checkout: Path) -> None:
    head = subprocess.run(["git", "-C", str(checkout), "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    assert head.stdout.startswith(settings.product_version())
    assert len(settings.product_version()) >= 7


@pytest.mark.parametrize("without", ["repository", "git"])
def test_without_git_it_is_what_was_installed(checkout: Path, monkeypatch: pytest.MonkeyPatch, without: str) -> None:
    """Also where the checkout lies in somebody else's repository: that one's tags are none of ours."""
    git(checkout, "tag", "v9.9")
    if without == "git":
        monkeypatch.setenv("PATH", "")
    else:
        inner = checkout / "inner"
        inner.mkdir()
        monkeypatch.setattr(settings, "ROOT", inner)
    assert settings.product_version() == importlib.metadata.version("fdtrygd")


def test_the_program_says_it() -> None:
    settings.product_version.cache_clear()
    said = subprocess.run([FDTRYGD, "--version"], check=True, capture_output=True, text=True).stdout
    assert said == settings.product_version() + "\n"


def test_there_is_no_wheel(tmp_path: Path) -> None:
    """It would lack sql/ and migrations/; who tries is told what to do. An editable install is none."""
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(settings.ROOT / name, tmp_path)
    shutil.copytree(settings.ROOT / "fdtrygd", tmp_path / "fdtrygd", ignore=shutil.ignore_patterns("__pycache__"))
    build = "from setuptools import build_meta; build_meta.build_wheel({!r})".format(str(tmp_path / "wheels"))
    built = subprocess.run([sys.executable, "-c", build], cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 1
    assert "runs from its checkout" in built.stderr
    assert not list(tmp_path.glob("**/*.whl"))
