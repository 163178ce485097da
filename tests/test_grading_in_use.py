"""Whoever weighs evidence otherwise gets other verdicts, from the command line and from Python."""

from pathlib import Path

import kg
from kg import resources
from kg.grading import read_grading

from .conftest import Run

CLAIM = "topical finasteride increases hair count in men"


def stricter(folder: Path) -> Path:
    """The bundled grading with a conflict of interest moving down three steps instead of one."""
    lines = resources.APPRAISAL.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if '"conflict of interest"' in line)
    step = next(n for n in range(start, len(lines)) if "kg:steps 1" in lines[n])
    lines[step] = lines[step].replace("kg:steps 1", "kg:steps 3")
    path = folder / "ours.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_grading_that_kg_grading_names_weighs(run: Run, tmp_path: Path) -> None:
    usual = run("show", CLAIM).stdout
    ours = run("show", CLAIM, KG_GRADING=str(stricter(tmp_path))).stdout
    assert "verdict: supported, moderate certainty" in usual
    assert "verdict: supported, very low certainty" in ours


def test_a_grading_can_be_given_in_python(tmp_path: Path) -> None:
    ours = kg.load(grading=read_grading(stricter(tmp_path)))
    assert ours.appraisals[ours.claim(CLAIM).iri].words == "supported, very low certainty"


def test_a_grading_that_is_not_there_is_named(run: Run) -> None:
    ended = run("show", CLAIM, KG_GRADING="gone.ttl")
    assert ended.returncode == 2
    assert "gone.ttl: cannot be read" in ended.stderr
