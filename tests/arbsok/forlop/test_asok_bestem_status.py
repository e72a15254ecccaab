"""The function that says what the rules make of two registrations (spec.md 3). What it says: tests/arbsok/regler."""

from historier import last, reg


def test_it_is_written_into_the_statements_that_call_it(register):
    """A load and its controls ask it of each registration, and no call of it is counted: each would be planned anew."""
    register.connection.execute("SET LOCAL track_functions = 'all'")
    last(register, reg("2001-09", hend="2001-09-10"), reg("2001-10", ytelse="ID", hend="2001-10-15"))
    called = {row["funcname"] for row in register.rows("SELECT funcname FROM pg_stat_xact_user_functions")}
    assert {"asok_kod_kjennemerker", "arbsok_personkontroll"} <= called
    assert not {"asok_bestem_status", "forrige_registrering", "registrering"} & called
