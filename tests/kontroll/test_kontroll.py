"""The catalogue of promises: what each says, in two languages, and where it is looked up (spec.md 5 and 6)."""

import re
from pathlib import Path

from damages import VIEWS, Connection, findings


def test_every_control_says_what_it_promises_and_has_a_view(sound: Connection) -> None:
    views = set()
    for control, view, *texts in sound.execute("SELECT kontroll, visning, tittel, lover, kilde FROM kontroll.kontroll"):
        assert all(text.strip() for text in texts), control
        views.add(view)
    assert sorted(views) == sorted(VIEWS)
    for view in views:
        columns = sound.execute(f"SELECT * FROM kontroll.{view} LIMIT 0").description or []
        assert [column.name for column in columns[:4]] == ["kontrollert_aargang", "kontroll", "noekkel", "detalj"], view


def test_every_pass_has_a_file_of_damages() -> None:
    """Which holds that each of its controls is broken there."""
    files = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert set(re.findall(r'controls_of\(sound, "(\w+)"\)', files)) == set(VIEWS)


def test_every_warning_has_a_sentence_in_two_languages(sound: Connection) -> None:
    """Which say the same values, the way back beside it, and a threshold where it counts something."""
    of_the_way_back = {
        control: tuple(back)
        for control, *back in sound.execute("SELECT kontroll, vei_tilbake, vei_tilbake_norsk FROM kontroll.kontroll")
    }
    for control, severity, *said in sound.execute(
        "SELECT kontroll, alvor, setning, setning_norsk FROM kontroll.kontroll ORDER BY rekkefolge"
    ).fetchall():
        if severity == "feil" and control != "tall_i_kode":
            assert (said, of_the_way_back[control]) == ([None, None], (None, None)), control
            continue
        english, norwegian = (sorted(set(re.findall(r"%(\d)\$s", sentence))) for sentence in said)
        assert english == norwegian, control
        assert len({sentence.count("%") for sentence in said}) == 1, control
        assert not any("unload-year" in sentence for sentence in said), control
        # A code that is new is a good one more often than not
        back = of_the_way_back[control]
        assert control == "ny_kode" or all("make unload-year YEAR=%" in sentence for sentence in back), control
        assert (control == "ny_kode") == (back == (None, None)), control
        # A number may be one: it counts a part of something, and no verb goes by it
        for sentence in said:
            counted = r"(?<!of )(?<!of the )(?<!av )(?<!av de )%\d\$s (records|reg|person|da[gy])"
            assert not re.search(counted + r"|%3\$s \w+ (have|are|were|stand)\b", sentence), control
    others = "^(aarsendring|register)_"  # figures against the year before, and the population register
    judged = {name for (name,) in sound.execute("SELECT navn FROM trygdfob.terskel WHERE navn !~ %s", [others])}
    warnings = {name for (name,) in sound.execute("SELECT kontroll FROM kontroll.kontroll WHERE alvor = 'advarsel'")}
    assert judged == warnings - {"ny_kode", "fil_endret"}  # of which one is enough


def test_a_finding_is_said_in_norwegian_too(sound: Connection) -> None:
    """The values that the sentence takes are kept with the finding."""
    sound.execute("UPDATE arbsok_lasting.maanedsfil_tall SET dublett = 99 WHERE mnddato = '2002-03-01'")
    findings(sound, 2002)
    said = sound.execute(
        "SELECT f.detalj, format(k.setning_norsk, VARIADIC f.verdier) FROM kontroll.kontrollfunn AS f"
        " JOIN kontroll.kontroll AS k USING (kontroll) WHERE k.kontroll = 'mange_dubletter'"
    ).fetchall()
    ((english, norwegian),) = said
    assert english.startswith("arbsok_200203.csv: 99 of ")
    assert re.match(r"arbsok_200203.csv: 99 av \d+ records gjelder en person som har en annen", norwegian)
    assert not sound.execute(
        "SELECT FROM kontroll.kontrollfunn AS f JOIN kontroll.kontroll AS k USING (kontroll)"
        " WHERE (k.setning IS NULL) <> (f.verdier IS NULL)"
        "    OR f.detalj IS DISTINCT FROM coalesce(format(k.setning || coalesce(' ' || k.vei_tilbake, ''),"
        "        VARIADIC f.verdier), f.detalj)"
    ).fetchall()
