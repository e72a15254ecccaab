-- kontroll: the consistency control's catalogue: what each view kontroll_… promises. Original program:
-- asok_konsistenskontroll.sql (SPEC.md 5 and 6; the source's 5.8). Key uniqueness (5.1) is F_ARBSOK's primary key.

INSERT INTO trygdfob.kontroll (kontroll, lover, kilde) VALUES
    ('en_apning',
        'A main spell has exactly one opening record (kode 1, 3 or 9 with regdato = tilgdato).',
        'SPEC.md 5.2'),
    ('en_avgang', 'A main spell has at most one closing record (avgdato set).', 'SPEC.md 5.2'),
    ('innenfor_tilfellet', 'All records of a main spell lie between its opening and its closing.', 'SPEC.md 5.2'),
    ('ingen_overlapp', 'A person''s main spells do not overlap; only the last can be running.', 'SPEC.md 5.3'),
    ('grupper_dekker',
        'Group spells partition their main spell: the first begins with it, each group exit is followed by a '
        'group entry on the next day, the last ends with it.',
        'SPEC.md 5.3'),
    ('endring_er_endring',
        'On a change record at least one attribute date equals regdato, and exactly those attributes differ from '
        'the record before.',
        'SPEC.md 5.4'),
    ('tomdatoer',
        'tomdato is the spell''s avgdato, asoktom the group spell''s asokavg, regtom the day before the next '
        'change in the group spell, else asoktom; on an exit record regdato.',
        'SPEC.md 4, T12'),
    ('alle_innleste_gjort_rede_for',
        'Every record read is in the miniregister or kept aside with its reason, file by file.',
        'SPEC.md 5.8'),
    ('alle_registreringer_gjort_rede_for',
        'Every record of the miniregister from the start on gave records in F_ARBSOK, stands in VRAK_ARBSOK '
        '(never both), or lies in a spell that covers its dagdato.',
        'SPEC.md 5.8'),
    ('h_er_siste_registrering',
        'The last year''s H_ARBSOK holds one row for each person who was registered in it or whose spell ran when it '
        'began: the last registration, and the spell that it belongs to.',
        'SPEC.md 4, T10')
ON CONFLICT (kontroll) DO UPDATE SET lover = excluded.lover, kilde = excluded.kilde;
