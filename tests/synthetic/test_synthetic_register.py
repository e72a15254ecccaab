"""The population register of nobody: the month files' persons, what becomes of them, and what is wrong with a few."""

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from fdtrygd import synthetic
from fdtrygd.cli.synthetic_register import synthetic_register
from fdtrygd.errors import UserError
from fdtrygd.synthetic import division, register

Rows = list[dict[str, str]]
PINNED = "d959021296c2a131d73c85bda9c22c96dc6effca5afb65c6717779c41359e56c"
#: Contradictions come with one of 1 700 persons, in turn.
PERSONS = 3000


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("register") / "months"
    synthetic.make(directory, persons=PERSONS)
    return directory


@pytest.fixture(scope="module")
def made(months: Path) -> Path:
    directory = months.with_name("register")
    synthetic.make_register(directory, months)
    return directory


@pytest.fixture(scope="module")
def files(made: Path) -> dict[str, Rows]:
    found = {}
    for name in register.FILES:
        with (made / f"{name}.csv").open(encoding="ascii", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def extractions(months: Path) -> dict[str, set[str]]:
    """Whom each month file has, by a day of the month."""
    found = {}
    for path in sorted(months.glob("arbsok_*.csv")):
        with path.open(encoding="ascii", newline="") as file:
            found[f"{path.name[7:11]}-{path.name[11:13]}-28"] = {row["fnr"] for row in csv.DictReader(file)}
    return found


@pytest.fixture(scope="module")
def contradictory(files: dict[str, Rows]) -> dict[str, set[str]]:
    """Whose rows contradict each other, and how."""
    found = defaultdict(set)
    for name in ("bosted", "status"):
        for fnr, rows in of_each(files[name]).items():
            if any((one["tildato"] or "9999") >= two["fradato"] for one, two in pairwise(rows)):
                found[f"{name} overlap"].add(fnr)
    dead = {row["fnr"]: row["fradato"] for row in files["status"] if row["regstatus"] == "dod"}
    found["residence after death"] = {
        row["fnr"] for row in files["bosted"] if row["fradato"] >= dead.get(row["fnr"], "9999")
    }
    current = defaultdict(set)
    for row in files["identitet"]:
        current[row["fnr"]].add(row["fnr_gjeldende"])
    found["two current numbers"] = {fnr for fnr, new in current.items() if len(new) > 1}
    found["a circle"] = {fnr for fnr, new in current.items() for other in new if fnr in current.get(other, ())}
    return found


def of_each(rows: Rows) -> dict[str, Rows]:
    """A file's rows by person, in order."""
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["fnr"], row["fradato"])):
        found[row["fnr"]].append(row)
    return found


def on(rows: Rows, day: str) -> Rows:
    return [row for row in rows if row["fradato"] <= day <= (row["tildato"] or "9999")]


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_same_arguments_same_bytes(made: Path, months: Path, tmp_path: Path) -> None:
    synthetic.make_register(tmp_path, months)
    assert contents(tmp_path) == contents(made)


def test_bytes_are_pinned(made: Path) -> None:
    """Another machine or another numpy must give the same register. A change of the generator changes the digest."""
    digest = hashlib.sha256()
    for path in sorted(made.glob("*.csv")):
        digest.update(path.read_bytes())
    assert digest.hexdigest() == PINNED


def test_blocks_change_nothing(made: Path, months: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register of which fewer are worked on at a time is the same one."""
    monkeypatch.setattr(register, "BLOCK", register.SPACING)
    synthetic.make_register(tmp_path, months)
    assert contents(tmp_path) == contents(made)


def test_the_folder(made: Path, files: dict[str, Rows]) -> None:
    assert {path.name for path in made.iterdir()} == {
        synthetic.MARKER, "folkeregister.toml", *(f"{name}.csv" for name in (*register.FILES, *division.COLUMNS)),
    }  # fmt: skip
    assert (made / "folkeregister.toml").read_text() == "gjelder_til = 2006-01-31\n"
    marker = json.loads((made / synthetic.MARKER).read_text())
    assert marker["synthetic"] is True
    assert marker["register_of"]["persons"] == PERSONS
    assert marker["records"] == len(files["person"])
    for name, columns in register.FILES.items():
        assert all(tuple(row) == columns for row in files[name][:1])


# The persons


def test_its_persons_are_those_of_the_month_files(files: dict[str, Rows], extractions: dict[str, set[str]]) -> None:
    """But for a few who are not there, and for the numbers that D-numbers become; each once."""
    seen = {fnr for fnrs in extractions.values() for fnr in fnrs if re.fullmatch(r"\d{11}", fnr)}
    there = [row["fnr"] for row in files["person"]]
    assert len(set(there)) == len(there)
    assert 0.001 < len(seen - set(there)) / len(seen) < 0.01
    new = {row["fnr_gjeldende"] for row in files["identitet"]}
    assert set(there) - seen <= new
    assert all(fnr[6] == "9" for fnr in set(there) - seen)


def test_numbers_are_valid(files: dict[str, Rows]) -> None:
    for row in files["person"]:
        fnr = row["fnr"]
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)):
            assert sum(int(d) * w for d, w in zip(fnr, weights, strict=False)) % 11 == 0
        assert 81 <= int(fnr[2:4]) <= 92


def test_sex_and_day_of_birth_are_the_numbers_but_for_a_few(files: dict[str, Rows]) -> None:
    differ = Counter[str]()
    for row in files["person"]:
        fnr, born = row["fnr"], row["fodselsdato"]
        said = f"19{fnr[4:6]}-{int(fnr[2:4]) - 80:02}-{int(fnr[0]) % 4}{fnr[1]}"
        differ["sex"] += row["kjonn"] != "21"[int(fnr[8]) % 2]
        differ["born"] += born != said and fnr < "4"
    assert 1 <= differ["sex"] <= 0.002 * len(files["person"])
    assert 1 <= differ["born"] <= 0.002 * len(files["person"])


# Where they live, and what becomes of them


def test_residences_begin_in_a_kommune_in_force(made: Path, files: dict[str, Rows]) -> None:
    with (made / "kommune.csv").open(encoding="utf-8", newline="") as file:
        versions = defaultdict(list)
        for row in csv.DictReader(file):
            versions[row["code"]].append((row["validFrom"], row["validTo"] or "9999"))
    known = {row["fnr"] for row in files["person"]}
    for row in files["bosted"]:
        assert any(first <= row["fradato"] < end for first, end in versions[row["kommune"]]), row["kommune"]
        assert row["fnr"] in known
        assert row["fradato"] <= "2006-01-31"


def test_contradictions_are_few_and_each_is_there(files: dict[str, Rows], contradictory: dict[str, set[str]]) -> None:
    """A register in which more than one person of a thousand is set aside is refused."""
    assert {kind: bool(fnrs) for kind, fnrs in contradictory.items()} == dict.fromkeys(
        ("bosted overlap", "status overlap", "residence after death", "two current numbers", "a circle"), True
    )
    links = defaultdict(set)
    for row in files["identitet"]:
        links[row["fnr"]].add(row["fnr_gjeldende"])
    aside = set().union(*contradictory.values())
    aside |= {new for fnr in contradictory["two current numbers"] for new in links[fnr]}
    assert len(aside) < 0.001 * len(files["person"])


def test_everybody_else_has_one_status_and_one_residence_at_a_time(
    files: dict[str, Rows], extractions: dict[str, set[str]], contradictory: dict[str, set[str]]
) -> None:
    aside = set().union(*contradictory.values())
    homes, states = of_each(files["bosted"]), of_each(files["status"])
    known = {row["fnr"] for row in files["person"]}
    said = Counter[str]()
    for day, fnrs in extractions.items():
        for fnr in (fnrs & known) - aside:
            state, home = on(states[fnr], day), on(homes[fnr], day)
            assert len(state) <= 1
            assert len(home) <= 1
            words = state[0]["regstatus"] if state else "no status"
            said["without residence" if words == "bosatt" and not home else words] += 1
    total = said.total()
    assert 0.97 < said["bosatt"] / total < 0.995
    for few in ("ikke_bosatt", "opphort", "utvandret", "without residence"):
        assert 0.0002 < said[few] / total < 0.01, few
    assert 0 < said["dod"] / total < 0.002
    assert said["no status"] / total < 0.001


def test_what_becomes_of_people(files: dict[str, Rows]) -> None:
    states = [[row["regstatus"] for row in rows] for rows in of_each(files["status"]).values()]
    n = len(states)
    assert 0.002 < sum("dod" in each for each in states) / n < 0.02
    assert 0.005 < sum("utvandret" in each for each in states) / n < 0.05
    assert 0.001 < sum(each == ["bosatt", "utvandret", "bosatt"] for each in states) / n < 0.02
    assert any("forsvunnet" in each for each in states)
    homes = of_each(files["bosted"]).values()
    assert 0.4 < sum(len({row["kommune"] for row in rows}) > 1 for rows in homes) / n < 0.7
    started = [rows[0]["fradato"] for rows in homes]
    assert min(started) < "1980"
    assert 0.01 < sum(day >= "2001" for day in started) / n < 0.1


def test_kommuner_that_merge_and_split(made: Path, files: dict[str, Rows]) -> None:
    """Some residences go on under the number that is gone, others have a new row from the day on."""
    with (made / "kommune_endring.csv").open(encoding="utf-8", newline="") as file:
        changes = defaultdict(list)
        for row in csv.DictReader(file):
            if "1977" < row["changeOccurred"] < "2006-02":
                changes[row["changeOccurred"], row["oldCode"]].append(row["newCode"])
    found = Counter[str]()
    for rows in of_each(files["bosted"]).values():
        for one, two in zip(rows, [*rows[1:], None], strict=True):
            for (day, old), new in changes.items():
                if one["kommune"] == old and one["fradato"] < day and new != [old]:
                    kind = "split" if len(new) > 1 else "merged"
                    if (one["tildato"] or "9999") >= day:
                        found[f"{kind}, goes on"] += 1
                    elif two and two["fradato"] == day and two["kommune"] in new:
                        found[f"{kind}, anew"] += 1
    assert found["merged, goes on"] > 20
    assert found["merged, anew"] > 20
    assert found["split, anew"] > 5
    assert 10 * found["split, goes on"] < 3 * found["split, anew"]


# Numbers that take the place of others


def test_d_numbers(files: dict[str, Rows], extractions: dict[str, set[str]]) -> None:
    """Half of them stay; some become a new number, of these some twice; and some are a person's of the month files."""
    links = {row["fnr"]: row for row in files["identitet"]}
    states = of_each(files["status"])
    d_numbers = {row["fnr"] for row in files["person"] if row["fnr"] >= "4"}
    linked = d_numbers & links.keys()
    assert 0.3 < len(linked) / len(d_numbers) < 0.7
    assert all([row["regstatus"] for row in states[fnr]] == ["ikke_bosatt"] for fnr in d_numbers - linked)
    seen = set().union(*extractions.values())
    kinds = Counter[str]()
    for fnr in linked:
        day, new = links[fnr]["fradato"], links[fnr]["fnr_gjeldende"]
        assert [(row["regstatus"], row["fradato"] >= day) for row in states[fnr]] == [
            ("ikke_bosatt", False),
            ("opphort", True),
        ]
        if new in seen:
            kinds["double"] += 1
            kinds["on one extraction"] += any({fnr, new} <= fnrs for fnrs in extractions.values())
            continue
        kinds["new"] += 1
        kinds["put right"] += new in links
        last = links.get(new, links[fnr])["fnr_gjeldende"]
        assert [row["regstatus"] for row in states[last]][:1] == ["bosatt"]
        assert states[last][0]["fradato"] == day
        assert on(of_each(files["bosted"])[last], day)
    assert all(kinds[kind] for kind in ("double", "on one extraction", "new", "put right")), kinds


# What is refused


def test_nothing_is_made_of_real_files(months: Path, tmp_path: Path) -> None:
    """A register of nobody is no register of somebody: without their marker month files may be real."""
    for path in months.glob("arbsok_200101.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for content in (None, "{"):
        if content:
            (tmp_path / synthetic.MARKER).write_text(content)
        with pytest.raises(UserError, match="may be real ones"):
            synthetic_register(tmp_path / "new", tmp_path)
    assert not (tmp_path / "new").exists()


def test_folders_that_are_refused(made: Path, months: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="another synthetic sample"):
        synthetic.make_register(made, months, seed=2)
    (tmp_path / "person.csv").write_text("real\n")
    with pytest.raises(UserError, match="may be real ones, or left by a run"):
        synthetic.make_register(tmp_path, months)
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / synthetic.MARKER).write_text("{}")
    (tmp_path / "none" / "arbsok_200101.csv").write_text("fnr,as_stat,dagdato,ant_d_as,mnd\n")
    with pytest.raises(UserError, match="nobody has a valid number"):
        synthetic.make_register(tmp_path / "new", tmp_path / "none")
    assert not (tmp_path / "new").exists()


def test_interrupted_run_leaves_no_marker(months: Path, tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        assert 0 < done <= of
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        synthetic.make_register(tmp_path, months, progress=stop)
    assert all(path.suffix == ".tmp" for path in tmp_path.iterdir())


def test_parquet_month_files_have_the_same_register(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    for parquet in (False, True):
        synthetic.make(tmp_path / f"months{parquet}", persons=300, last=(2001, 6), parquet=parquet)
        synthetic.make_register(tmp_path / f"register{parquet}", tmp_path / f"months{parquet}")
        (tmp_path / f"register{parquet}" / synthetic.MARKER).unlink()
    assert contents(tmp_path / "registerTrue") == contents(tmp_path / "registerFalse")
