-- ytelse: the benefit codes, the last two characters of as_stat (the source's 2.2.2).

INSERT INTO trygdfob.ytelse (kode, tekst) VALUES
    ('ID', 'Ikke dagpenger'),
    ('SD', 'Søkt dagpenger'),
    ('DP', 'Dagpenger'),
    ('AT', 'Attføringspenger'),
    ('SO', 'Sosialhjelp'),
    ('SY', 'Sykepenger'),
    ('UT', 'Uføretrygd'),
    ('IS', 'Individstønad'),
    ('VS', 'Ventestønad'),
    ('SA', 'Søkt attføringspenger')
ON CONFLICT (kode) DO UPDATE SET
    tekst = excluded.tekst;
