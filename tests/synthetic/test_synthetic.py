"""The generator of month files: the same bytes every time, NAV's forms and faults, test persons only."""

import csv
import hashlib
import json
import re
from calendar import monthrange
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fdtrygd import synthetic
from fdtrygd.cli.make_synthetic import make_synthetic
from fdtrygd.errors import UserError
from fdtrygd.synthetic import codes, files, numbers, population, rates, sizes
from fdtrygd.synthetic.dice import Dice

SMALL = {"persons": 400}
FULL = {"full": True, "scale": 0.01}
PINNED_FULL = "92f4eef4d0148f27bbe510e6cbd8517b6910d9acf00c53f9aaeb8d2d268c61c9"
PINNED = "51faa1f1e98c078f85f1fb61f7d65f27ad4dfab89190c8c2c82503fc3746916a"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sample") / "files"
    synthetic.make(directory, **SMALL)
    return directory


@pytest.fixture(scope="module")
def months(sample: Path) -> dict[tuple[int, int], list[dict[str, str]]]:
    """Every month's records."""
    found = {}
    for path in sorted(sample.glob("arbsok_*.csv")):
        with path.open(encoding="ascii", newline="") as file:
            found[int(path.name[7:11]), int(path.name[11:13])] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundredth of the full register."""
    directory = tmp_path_factory.mktemp("full") / "files"
    synthetic.make(directory, **FULL)
    return directory


def records(directory: Path, year: int) -> dict[int, list[dict[str, str]]]:
    """A year's records by month."""
    found = {}
    for month in range(1, 13):
        with (directory / f"arbsok_{year}{month:02}.csv").open(encoding="ascii", newline="") as file:
            found[month] = list(csv.DictReader(file))
    return found


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def valid(fnr: str) -> bool:
    """Whether the check digits are right, and the date is one with 80 added to the month."""
    day, month, year = int(fnr[:2]) % 40, int(fnr[2:4]) - 80, 1900 + int(fnr[4:6])
    sums = (
        sum(int(d) * w for d, w in zip(fnr, weights, strict=False)) % 11
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
    )
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] and not any(sums)


def test_same_arguments_same_bytes(sample: Path, tmp_path: Path) -> None:
    synthetic.make(tmp_path, **SMALL)
    assert contents(tmp_path) == contents(sample)


def test_bytes_are_pinned(sample: Path) -> None:
    """Another machine or another numpy must give the same sample. A change of the generator changes the digest."""
    digest = hashlib.sha256()
    for path in sorted(sample.glob("*.csv")):
        digest.update(path.read_bytes())
    assert digest.hexdigest() == PINNED


def test_seed_changes_persons_and_statuses(sample: Path, tmp_path: Path) -> None:
    synthetic.make(tmp_path, **SMALL, seed=2)
    one, two = contents(sample), contents(tmp_path)
    assert one.keys() == two.keys()
    assert not [name for name in one if one[name] == two[name]]
    fnr = [set(re.findall(rb"^\d{11}", b"".join(files.values()), re.M)) for files in (one, two)]
    assert len(fnr[0] & fnr[1]) < 5


def test_fewer_months_are_the_same_months(sample: Path, tmp_path: Path) -> None:
    synthetic.make(tmp_path, **SMALL, last=(2002, 11))
    (tmp_path / synthetic.MARKER).unlink()
    short, whole = contents(tmp_path), contents(sample)
    assert len(short) == 23
    assert all(whole[name] == content for name, content in short.items())


def test_marker_and_count(sample: Path, months: dict[tuple[int, int], list[dict[str, str]]]) -> None:
    marker = json.loads((sample / synthetic.MARKER).read_text())
    records = sum(map(len, months.values()))
    assert marker == {
        "synthetic": True,
        "from": "2001-01",
        "to": "2005-12",
        "persons": 400,
        "seed": 1,
        "records": records,
        "product": "fdtrygd synthetic",
    }
    assert synthetic.make(sample, **SMALL) == records
    assert len(months) == 60
    assert 0.9 < records / (60 * 400) < 1.1
    assert not list(sample.glob("*.tmp"))


def test_fodselsnummer(months: dict[tuple[int, int], list[dict[str, str]]]) -> None:
    fnr = {r["fnr"] for rows in months.values() for r in rows if re.fullmatch(r"\d{11}", r["fnr"])}
    assert all(81 <= int(f[2:4]) <= 92 for f in fnr)
    assert sum(not valid(f) for f in fnr) / len(fnr) < 0.003


def test_fodselsnummer_in_number() -> None:
    rows = numbers.fodselsnummer(60_000, seed=3)
    fnr = [bytes(row).decode() for row in rows]
    assert len(set(fnr)) == len(fnr)
    invalid = sum(not valid(f) for f in fnr)
    assert 5 <= invalid <= 40
    assert 200 <= sum(f[0] >= "4" for f in fnr) <= 600
    assert bytes(numbers.fodselsnummer(100, seed=3)) == bytes(rows[:100])


def test_extraction_dates(months: dict[tuple[int, int], list[dict[str, str]]]) -> None:
    days = []
    for (year, month), rows in months.items():
        written = Counter(r["dagdato"] for r in rows).most_common(1)[0][0]
        number = f"{int(written):06}"
        day = date(2000 + int(number[:2]), int(number[2:4]), int(number[4:]))
        assert (day.year, day.month) == (year, month)
        assert monthrange(year, month)[1] - day.day <= 2
        days.append((day, len(written)))
    assert days == sorted(days)
    assert {length for _, length in days} == {5, 6}
    assert len({monthrange(day.year, day.month)[1] - day.day for day, _ in days}) > 1


def test_forms_of_as_stat(months: dict[tuple[int, int], list[dict[str, str]]]) -> None:
    known = {tuple(row[i] for i in (0, 1, 2, 3)) for row in codes.ROWS}
    for period, rows in months.items():
        filled = [r for r in rows if r["as_stat"]]
        if period < (2002, 10):
            assert {len(r["as_stat"]) for r in filled} == {6}
            assert not any(r.get("as_gr") or r.get("as_f") for r in rows)
        else:
            assert max(len(r["as_stat"]) for r in filled) > 10
            fits = sum((r["as_gr"], r["as_f"], r["as_stat"][:2], r["as_stat"][2:-2]) in known for r in rows)
            assert fits / len(rows) > 0.98


def test_headers(sample: Path) -> None:
    header = {path.name[7:13]: path.open().readline().strip() for path in sample.glob("arbsok_*.csv")}
    full, short = "fnr,as_stat,dagdato,ant_d_as,as_gr,as_f,mnd", "fnr,as_stat,dagdato,ant_d_as,mnd"
    assert {header[m] for m in header if m < "200210"} == {full, short}
    assert {header[m] for m in header if m >= "200210"} == {full}


def test_ant_d_as(months: dict[tuple[int, int], list[dict[str, str]]]) -> None:
    by_year: dict[int, list[str]] = {}
    for (year, _), rows in months.items():
        by_year.setdefault(year, []).extend(r["ant_d_as"] for r in rows)
    assert all(re.fullmatch(r"\d*(\.0+)?|-1", text) and len(text) <= 5 for v in by_year.values() for text in v)
    assert {year for year, texts in by_year.items() if any("." in text for text in texts)} == {2004}
    assert {year for year, texts in by_year.items() if "-1" in texts} <= {2003}
    assert any(text.startswith("00") for text in by_year[2002])


def test_days_go_on_counting(months: dict[tuple[int, int], list[dict[str, str]]]) -> None:
    """From one month to the next, nine statuses in ten stay the same and count from the same day."""
    same = both = 0
    last: dict[str, tuple[str, date]] = {}
    for (year, _), rows in months.items():
        dagdato = Counter(r["dagdato"] for r in rows).most_common(1)[0][0]
        day = date(year, int(dagdato[-4:-2]), int(dagdato[-2:]))
        now = {
            r["fnr"]: (r["as_stat"], date.fromordinal(day.toordinal() - int(float(r["ant_d_as"]))))
            for r in rows
            if r["ant_d_as"] not in ("", "-1")
        }
        both += len(now.keys() & last.keys())
        same += sum(now[f] == last[f] for f in now.keys() & last.keys())
        last = now
    assert 0.85 < same / both < 0.95


def test_dirt(tmp_path: Path) -> None:
    """Every fault occurs, and all together in between one and five records of a thousand."""
    synthetic.make(tmp_path, first=(2003, 1), last=(2003, 12), persons=8000)
    dirt: Counter[str] = Counter()
    n = 0
    for path in tmp_path.glob("*.csv"):
        rows = path.read_text().splitlines()[1:]
        fields = [row.split(",") for row in rows]
        n += len(rows)
        fnr = Counter(f[0] for f in fields if f[0])
        dirt["duplicates"] += sum(fnr.values()) - len(fnr)
        dirt["identical"] += len(rows) - len(set(rows))
        dagdato, _ = Counter(f[2] for f in fields).most_common(1)[0]
        dirt["dagdato"] += sum(f[2] not in ("", dagdato) for f in fields)
        dirt["blank dagdato"] += sum(f[2] == "" for f in fields)
        dirt["blank fnr"] += sum(f[0] == "" for f in fields)
        dirt["10 digits"] += sum(len(f[0]) == 10 for f in fields)
        dirt["letters"] += sum("X" in f[0] for f in fields)
        dirt["blank as_stat"] += sum(f[1] == "" for f in fields)
        dirt["new code"] += sum(bool(re.match("XX|..QQ|.*ZZ", f[1])) for f in fields)
        dirt["blank as_gr"] += sum(f[4] == "" for f in fields)
        dirt["as_gr -1"] += sum(f[4] == "-1" for f in fields)
        dirt["31 September"] += sum(f[2] == "030931" for f in fields)
        dirt["missing days"] += sum(f[3] == "" for f in fields)
        dirt["-1 days"] += sum(f[3] == "-1" for f in fields)
    kinds = "duplicates", "dagdato", "blank dagdato", "blank fnr", "10 digits", "letters", "blank as_stat"
    assert len(dirt) == 14
    assert all(dirt.values()), dirt
    assert dirt["identical"] < dirt["duplicates"]
    assert 0.001 < sum(dirt[kind] for kind in (*kinds, "new code")) / n < 0.005
    assert 0.0001 < (dirt["missing days"] + dirt["-1 days"]) / n < 0.002


def test_group_shares(months: dict[tuple[int, int], list[dict[str, str]]]) -> None:
    """The years' averages per main group are chapter 4.2's, within sampling error."""
    found = Counter(r["as_gr"] for (year, _), rows in months.items() if year == 2004 for r in rows)
    for group, stock in zip(codes.GROUPS, sizes.STOCK[2004], strict=True):
        share = stock / sum(sizes.STOCK[2004])
        assert abs(found[str(group)] / found.total() - share) < 0.02


def test_statuses_reached(tmp_path: Path) -> None:
    """A third of the default sample reaches nearly every status code, though most records say nothing new."""
    reference = pytest.importorskip("reference")
    synthetic.make(tmp_path, persons=1000)
    register = reference.Register(reference.Settings(testnumre=True))
    for year in range(2001, 2006):
        files = {m: (tmp_path / f"arbsok_{year}{m:02}.csv").open() for m in range(1, 13)}
        register.load_year(year, {m: list(csv.DictReader(file)) for m, file in files.items()})
        for file in files.values():
            file.close()
    reached = Counter(re.sub("^(Y....).", r"\1a", r.status) for r in register.behandlet)
    assert len(reached) >= 64
    assert 0.7 < reached["UK000"] / reached.total() < 0.9
    assert len(register.vrak_arbsok) / reached.total() < 0.003


def test_foreign_directory_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "arbsok_200101.csv"
    foreign.write_text("real\n")
    with pytest.raises(UserError, match="empty directory"):
        synthetic.make(tmp_path, persons=5)
    (tmp_path / synthetic.MARKER).write_text("{")
    with pytest.raises(UserError, match="empty directory"):
        synthetic.make(tmp_path, persons=5)
    assert foreign.read_text() == "real\n"


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="file is no folder"):
        synthetic.make(tmp_path / "file")


def test_another_sample_is_refused(sample: Path) -> None:
    before = contents(sample)
    with pytest.raises(UserError, match="another synthetic sample"):
        synthetic.make(sample, persons=401)
    assert contents(sample) == before


@pytest.mark.parametrize("wrong", [{"last": (2000, 12)}, {"persons": 0}, {"first": (2001, 13)}])
def test_impossible_arguments(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(UserError):
        synthetic.make(tmp_path / "new", **wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "new").exists()


def test_interrupted_run_leaves_whole_files_and_no_marker(tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        assert of == 60
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        synthetic.make(tmp_path, persons=50, progress=stop)
    assert sorted(contents(tmp_path)) == [f"arbsok_20010{m}.csv" for m in (1, 2, 3)]


# The full register


def test_full_has_the_sources_records(full: Path) -> None:
    """There are exactly chapter 4.1's records and no duplicates, and all fnr but six are well formed."""
    for year, number in sizes.RECORDS.items():
        months = records(full, year)
        assert sum(map(len, months.values())) == round(number / 100)
        for rows in months.values():
            assert len({r["fnr"] for r in rows}) == len(rows)
            assert all(re.fullmatch(r"\d{11}", r["fnr"]) for r in rows)
            assert all(re.fullmatch(r"\d+(\.0+)?", r["ant_d_as"]) for r in rows)
        fnr = [r["fnr"] for rows in months.values() for r in rows]
        assert 0.002 < sum(f[0] >= "4" for f in fnr) / len(fnr) < 0.01
        assert sum(not valid(f) for f in fnr) < 20


def test_full_sizes_at_full_scale() -> None:
    """Chapter 4.1's totals and 4.2's averages, month by month, without a file."""
    for year, number in sizes.RECORDS.items():
        months = [sizes.in_full_register(year, month, 1) for month in range(1, 13)]
        assert sum(int(groups.sum()) for groups in months) == number
        for average, stock in zip(sum(months) / 12, sizes.STOCK[year], strict=True):
            assert abs(average - stock) < max(2, stock * 0.0005)


def test_full_faults_of_2001() -> None:
    """Six records without a fnr and seventy with another date in 2001, in nobody twice, and none later."""
    ids = np.arange(20_000)
    for year, expected in ((2001, {"fnr of 10": 6, "other dagdato": 70}), (2002, {})):
        found: Counter[str] = Counter()
        for month in range(1, 13):
            m = population.Month(year, month, 0, 0, Dice(1, month), rates.FULL[year])
            found.update(files.faults(m, ids, 1).tolist())
        del found["none"]
        assert found == expected


def test_full_main_groups(full: Path) -> None:
    """The big groups have chapter 4.2's averages, from the year on in which as_gr is always there.

    The full register keeps them within one per cent; a hundredth of it strays from them by chance.
    """
    for year in (2003, 2004, 2005):
        found = Counter(r["as_gr"] for rows in records(full, year).values() for r in rows)
        for group, stock in zip(codes.GROUPS, sizes.STOCK[year], strict=True):
            if stock > 10_000:
                expected = stock / 100
                assert abs(found[str(group)] / 12 - expected) < 0.01 * expected + 1.5 * expected**0.5


def test_full_events(full: Path) -> None:
    """The oracle counts what chapter 4.3 counts, within sampling error."""
    reference = pytest.importorskip("reference")
    other = {"AN", "ET", "JS"}
    short = {row[4] for row in codes.ROWS if row[0] in "34" and row[2] == "FS"} - {"IT", "SK"}
    mapping = [
        reference.HovedKode("FS", code, "4" if code in other else "3", date(2001, 1, 1), date(2002, 9, 30))
        for code in sorted(short)
    ]
    register = reference.Register(reference.Settings(testnumre=True), mapping)
    for year in (2001, 2002, 2003):
        register.load_year(year, records(full, year))
    for year, expected in {
        2002: {"UK100": 17_515, "UI110|UK111": 189_102, "O.*": 93_000, "FK070": 164_916, "NK070": 19_511},
        2003: {"UK100": 21_316, "UI110|UK111": 248_439, "O.*": 99_300, "FK070": 152_402, "NK070": 53_265},
    }.items():
        said = Counter(r["status"] for r in register.f_arbsok if r["aargang"] == year and r["kode"] != "0")
        for pattern, number in expected.items():
            found = sum(n for status, n in said.items() if re.fullmatch(pattern, status))
            assert abs(found - number / 100) < number / 1000 + 3 * (number / 100) ** 0.5, (year, pattern)
        assert abs(said.total() / {2002: 7988.83, 2003: 8594.41}[year] - 1) < 0.05
    rejected = Counter(r["aargang"] for r in register.vrak_arbsok)
    assert 15 < rejected[2001] < 45
    assert rejected[2002] + rejected[2003] < 10


def test_full_same_arguments_same_bytes(full: Path, tmp_path: Path) -> None:
    synthetic.make(tmp_path / "again", **FULL)
    assert contents(tmp_path / "again") == contents(full)
    digest = hashlib.sha256()
    for path in sorted(full.glob("*.csv")):
        digest.update(path.read_bytes())
    assert digest.hexdigest() == PINNED_FULL
    synthetic.make(tmp_path / "short", **FULL, last=(2002, 3))
    (tmp_path / "short" / synthetic.MARKER).unlink()
    short = contents(tmp_path / "short")
    assert len(short) == 15
    assert short.items() <= contents(full).items()
    synthetic.make(tmp_path / "other", **FULL, last=(2001, 1), seed=2)
    assert contents(tmp_path / "other")["arbsok_200101.csv"] != short["arbsok_200101.csv"]


@pytest.mark.parametrize("kind", [{"full": True, "scale": 0.002}, {"persons": 200}])
def test_parquet_has_the_same_records(tmp_path: Path, kind: dict[str, object]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    number = synthetic.make(tmp_path / "csv", **kind, last=(2003, 6))  # type: ignore[arg-type]
    assert synthetic.make(tmp_path / "parquet", **kind, last=(2003, 6), parquet=True) == number  # type: ignore[arg-type]
    files = sorted((tmp_path / "csv").glob("*.csv"))
    assert len(files) == len(list((tmp_path / "parquet").glob("arbsok_*.parquet"))) == 30
    for path in files:
        table = parquet.read_table(tmp_path / "parquet" / f"{path.stem}.parquet")
        with path.open(encoding="ascii", newline="") as file:
            reader = csv.DictReader(file)
            rows = [{name: text or None for name, text in row.items()} for row in reader]
        assert table.column_names == reader.fieldnames
        assert {str(field.type) for field in table.schema} == {"string"}
        assert table.to_pylist() == rows
    assert "parquet" in (tmp_path / "parquet" / synthetic.MARKER).read_text()


def test_full_refusals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "new"
    with pytest.raises(UserError, match="2001 to 2005"):
        synthetic.make(new, full=True, last=(2006, 1))
    with pytest.raises(UserError, match="--persons"):
        make_synthetic(new, persons=3000, full=True)
    monkeypatch.setattr(synthetic, "find_spec", lambda name: None)
    with pytest.raises(UserError, match="pyarrow"):
        synthetic.make(new, persons=5, parquet=True)
    assert not new.exists()
