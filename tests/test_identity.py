"""Who is who across articles, through the whole pipeline: what shares a short form is not one record by that alone."""

# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.config import Settings
from pipeline.run import run

pytestmark = [pytest.mark.slow, pytest.mark.model]
ARTICLES = {
    "horn.txt": (
        "Peace in the Horn",
        "The African Union (AU) sent observers to Mogadishu in 2007. The AU is based in Addis Ababa. Congress approved "
        "the funds for the AU in 2008. The ILO wrote a report on wages in 2009. The PA signed the Wye River Memorandum "
        "with Israel in 1998.",
    ),
    "campus.txt": (
        "Campus Politics",
        "The Adelaide University (AU) signed a memorandum with Japan in 2011. The AU has four faculties. In New Delhi, "
        "the Indian National Congress (Congress) won the vote in 2004. Congress formed a government with its allies. "
        "The Parliamentary Assembly (PA) met in Vienna in 2010. The PA adopted the Vienna Declaration. The Irish Labour "
        "Office (ILO) was founded in 1920, and the ILO moved to Cork in 1930.",
    ),
    "labour.txt": (
        "Labour and Rights",
        "The International Labour Organization (ILO) adopted the Minimum Age Convention in 1973. The ILO has 187 member "
        "states. The Palestinian Authority (PA) joined in 2011. The United States Congress ratified nothing, and "
        "Congress went home in 2012.",
    ),
    "fish.txt": ("Fish and Law", "The Norland Fisheries Board (NFB) was founded in 1971. The NFB meets in Oslo each year."),
    "nets.txt": ("Nets and Quotas", "The NFB sets quotas for herring in the North Sea. Its members meet in May."),
    "boards.txt": ("Boards of the North", "The Norland Fishery Board (NFB) set a quota for cod in 1990 in the North Sea."),
    "treaties.txt": (
        "Treaties Old and New",
        "Australia, New Zealand, Fiji, Tonga and Samoa signed the Harbour Treaty in Suva on 4 May 1999. Peru has not "
        "signed the Lake Treaty. Chile plans to sign the Glacier Accord next year. The Salt Pact expired in 1987. "
        "Indian and Japanese officials signed a defence agreement in 2015. Washington and Tokyo renewed the Mutual "
        "Cooperation Treaty in 1960. The 1972 agreement between Iran and Iraq differs from the 1985 agreement between "
        "Iran and Iraq. The United States withdrew from the Open Skies Treaty on 22 November 2020.",
    ),
}  # fmt: skip
NAMES = {  # full name: its other forms
    "African Union": ["AU"],
    "Adelaide University": ["AU"],
    "Palestinian Authority": ["PA"],
    "Parliamentary Assembly": ["PA"],
    "International Labour Organization": ["ILO"],
    "Irish Labour Office": ["ILO"],
    "Indian National Congress": ["Congress"],
    "United States Congress": ["Congress"],
}
INSTRUMENTS = {  # display name: parties, event, date, status
    "Harbour Treaty": ("Australia Fiji New-Zealand Samoa Tonga", "signed", "1999-05-04", "asserted"),
    "Lake Treaty": ("", "signed", None, "denied"),
    "Glacier Accord": ("Chile", "signed", None, "planned"),
    "Salt Pact": ("", "terminated", "1987", "expired"),
    "India and Japan: defence agreement": ("India Japan", "signed", "2015", "asserted"),
    "Mutual Cooperation Treaty": ("Japan United-States", None, "1960", "asserted"),
    "Iran and Iraq: 1972 agreement between Iran and Iraq": ("Iran Iraq", None, "1972", "asserted"),
    "Iran and Iraq: 1985 agreement between Iran and Iraq": ("Iran Iraq", None, "1985", "asserted"),
    "Open Skies Treaty": ("United-States", "terminated", "2020-11-22", "asserted"),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("identity")
    for name, (title, text) in ARTICLES.items():
        (folder / "raw").mkdir(exist_ok=True)
        (folder / "raw" / name).write_text(f"{title}\n\n{text}\n", "utf-8")
    run(Settings(raw=folder / "raw", out=folder / "out", workers=1))
    return folder / "out"


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(out / f"{table}.parquet").to_pylist()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_bodies_that_share_a_short_form_stay_apart(out: Path, name: str) -> None:
    assert {row["name"]: row["aliases"] for row in rows(out, "organizations") if row["name"] == name} == {
        name: NAMES[name]
    }


def test_a_short_form_that_two_bodies_have_is_none_of_them_where_nothing_settles_it(out: Path) -> None:
    alone = {row["name"] for row in rows(out, "organizations")} & {"PA", "Congress"}
    assert alone == {"PA", "Congress"}


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_instruments(out: Path, name: str) -> None:
    found = [row for row in rows(out, "agreements") if row["display_name"] == name]
    assert [
        (
            " ".join(sorted(party["name"].replace(" ", "-") for party in row["parties"])),
            row["event"],
            row["date"],
            row["status"],
        )
        for row in found
    ] == [INSTRUMENTS[name]]


def test_show_says_of_each_pair_why_it_is_one_record(out: Path) -> None:
    (board,) = (row for row in rows(out, "organizations") if row["acronym"] == "NFB")
    assert (board["name"], board["n_articles"]) == ("Norland Fisheries Board", 3)
    shown = CliRunner().invoke(main, ["show", board["organization_id"], "--out", str(out)])
    why = {line.partition(": ")[2] for line in shown.output.splitlines() if line.startswith("holds org_")}
    assert why == {"acronym +1.0", "alike +0.5, same_acronym +0.5"}
