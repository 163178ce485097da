"""What the README tells people to type works as it stands there."""

import re
import shlex

import pytest

from .conftest import ROOT, Run

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("kg ")]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
LINKS = re.findall(r"\]\(([^)#:]+)\)", README)


def test_there_is_something_to_type() -> None:
    assert len(COMMANDS) >= 5
    assert PYTHON


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_answers(run: Run, command: str) -> None:
    ended = run(*shlex.split(command)[1:])
    assert (ended.returncode, ended.stdout + ended.stderr != "") == (0, True), ended.stderr


@pytest.mark.parametrize("script", PYTHON)
def test_the_python_runs(script: str) -> None:
    exec(compile(script, "README.md", "exec"), {})  # noqa: S102 - our own words


@pytest.mark.parametrize("link", LINKS)
def test_a_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
