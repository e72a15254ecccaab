-- statuskode: which status a record gets and what is written for it (spec.md 3 and 4; the source's chapter 5.7).
-- There is one row for each status code, and the first row that fits, by rekkefolge, decides. A final 'a' stands for
-- the letter of the weeks between two registrations (A = 1 … M = 13). tekst is the row in words, the source's own where
-- it has them; but where the source says "før forrige dagens dato", it says "på eller før", as the rule does (T4).

WITH regel (
    status, rekkefolge, individ, henddato_klasse, hoved_endret, arbstat_endret, arbstat_sum, seriemaaned, hoved,
    handling, avgang_dato, tilgang_dato, kode, konsistens, tekst
) AS (VALUES
    ('FK020', 10, 'ny', 'etter_start', NULL, NULL, NULL, '[1,1]', NULL,
     'venstresensur', NULL, 'henddato', '9', 'konsistent',
     'Forekommer ikke fra før på forløpstabellen: seriens første måned, henddato etter seriens start. '
     'Venstresensurert tilgang, kode 9.'),
    ('FK030', 20, 'ny', 'ikke_etter_start', NULL, NULL, NULL, '[1,1]', NULL,
     'venstresensur', NULL, 'serie_start', '3', 'konsistent',
     'Forekommer ikke fra før på forløpstabellen: seriens første måned, henddato ikke etter seriens start. '
     'Venstresensurert tilgang, kode 3.'),
    ('FK040', 30, 'ny', 'etter_fdagdato', NULL, NULL, NULL, '[2,3]', '5',
     'venstresensur', NULL, 'henddato', '9', 'konsistent',
     'Forekommer ikke fra før på forløpstabellen: seriens andre eller tredje måned, hoved 5, '
     'henddato etter forrige dagens dato. Venstresensurert tilgang, kode 9.'),
    ('FK050', 40, 'ny', 'etter_start', NULL, NULL, NULL, '[2,3]', '5',
     'venstresensur', NULL, 'henddato', '9', 'konsistent',
     'Forekommer ikke fra før på forløpstabellen: seriens andre eller tredje måned, hoved 5, henddato etter '
     'seriens start, men ikke etter forrige dagens dato. Venstresensurert tilgang, kode 9.'),
    ('FK060', 50, 'ny', 'ikke_etter_start', NULL, NULL, NULL, '[2,3]', '5',
     'venstresensur', NULL, 'serie_start', '3', 'konsistent',
     'Forekommer ikke fra før på forløpstabellen: seriens andre eller tredje måned, hoved 5, '
     'henddato ikke etter seriens start. Venstresensurert tilgang, kode 3.'),
    ('FK070', 60, 'ny', 'etter_fdagdato', NULL, NULL, NULL, NULL, NULL,
     'tilgang', NULL, 'henddato', '1', 'konsistent',
     'Forekommer ikke fra før på forløpstabellen: henddato etter forrige dagens dato. Vanlig tilgang, kode 1.'),
    ('FI080', 70, 'ny', 'ikke_etter_fdagdato', NULL, NULL, NULL, NULL, NULL,
     'tilgang', NULL, 'fdagdato+1', '1', 'feil_datering',
     'Forekommer ikke fra før på forløpstabellen: henddato på eller før forrige dagens dato. Vanlig tilgang, kode 1.'),
    ('NK070', 80, 'avsluttet', 'etter_fdagdato', NULL, NULL, NULL, NULL, NULL,
     'tilgang', NULL, 'henddato', '1', 'konsistent',
     'Siste tilfelle på forløpstabellen var avsluttet: henddato etter forrige dagens dato. Vanlig tilgang, kode 1.'),
    ('NI080', 90, 'avsluttet', 'ikke_etter_fdagdato', NULL, NULL, NULL, NULL, NULL,
     'tilgang', NULL, 'fdagdato+1', '1', 'feil_datering',
     'Siste tilfelle på forløpstabellen var avsluttet: henddato på eller før forrige dagens dato. '
     'Vanlig tilgang, kode 1.'),
    ('UK000', 100, 'uten_opphold', 'uendret', false, false, NULL, NULL, NULL,
     'ingen', NULL, NULL, NULL, 'konsistent',
     'Uten opphold: henddato uendret (+-1 dag), hoved og arbstat uendret. '
     'Ingen record (løpende uten endring - normaltilfellet).'),
    ('UI010', 110, 'uten_opphold', 'uendret', true, false, NULL, NULL, NULL,
     'gruppeovergang', 'dagdato-1', 'dagdato', NULL, 'annen_inkonsistens',
     'Uten opphold: henddato uendret (+-1 dag), hoved endret, arbstat uendret. Gruppeovergang (avgang + tilgang).'),
    ('UI0011', 120, 'uten_opphold', 'uendret', false, true, 1, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'konsistent',
     'Uten opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (ytelse). Endringsrecord.'),
    ('UI0012', 130, 'uten_opphold', 'uendret', false, true, 2, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'konsistent',
     'Uten opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (tiltak). Endringsrecord.'),
    ('UI0013', 140, 'uten_opphold', 'uendret', false, true, 3, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'konsistent',
     'Uten opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (tiltak og ytelse). Endringsrecord.'),
    ('UI0014', 150, 'uten_opphold', 'uendret', false, true, 4, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'annen_inkonsistens',
     'Uten opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (hovedarbstat). Endringsrecord.'),
    ('UI0015', 160, 'uten_opphold', 'uendret', false, true, 5, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'annen_inkonsistens',
     'Uten opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (hovedarbstat og ytelse). '
     'Endringsrecord.'),
    ('UI0016', 170, 'uten_opphold', 'uendret', false, true, 6, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'annen_inkonsistens',
     'Uten opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (hovedarbstat og tiltak). '
     'Endringsrecord.'),
    ('UI0017', 180, 'uten_opphold', 'uendret', false, true, 7, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'annen_inkonsistens',
     'Uten opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (hovedarbstat, tiltak og ytelse). '
     'Endringsrecord.'),
    ('UI011', 190, 'uten_opphold', 'uendret', true, true, NULL, NULL, NULL,
     'gruppeovergang', 'dagdato-1', 'dagdato', NULL, 'annen_inkonsistens',
     'Uten opphold: henddato uendret (+-1 dag), hoved og arbstat endret. Gruppeovergang (avgang + tilgang).'),
    ('UK100', 200, 'uten_opphold', 'endret', false, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'konsistent',
     'Uten opphold: henddato endret, hoved og arbstat uendret. Avgang + tilgang (ikke sy sammen).'),
    ('UI100', 210, 'uten_opphold', 'endret_dagen_etter_fdagdato', false, false, NULL, NULL, NULL,
     'vrak', NULL, NULL, NULL, 'vraket',
     'Uten opphold: henddato endret, men 1 dag etter forrige dagens dato, hoved og arbstat uendret. Vrakes.'),
    ('UI110', 220, 'uten_opphold', 'endret', true, false, NULL, NULL, NULL,
     'gruppeovergang', 'henddato-1', 'henddato', NULL, 'annen_inkonsistens',
     'Uten opphold: henddato endret, hoved endret, arbstat uendret. Gruppeovergang (avgang + tilgang).'),
    ('UK101', 230, 'uten_opphold', 'endret', false, true, NULL, NULL, NULL,
     'endring', NULL, 'henddato', '2', 'konsistent',
     'Uten opphold: henddato endret, hoved uendret, arbstat endret. Endringsrecord.'),
    ('UK111', 240, 'uten_opphold', 'endret', true, true, NULL, NULL, NULL,
     'gruppeovergang', 'henddato-1', 'henddato', NULL, 'konsistent',
     'Uten opphold: henddato endret, hoved og arbstat endret. Gruppeovergang (avgang + tilgang).'),
    ('UK900', 250, 'uten_opphold', 'uoppgitt_eller_etter_dagdato', false, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'konsistent',
     'Uten opphold: henddato uoppgitt eller etter dagens dato, hoved og arbstat uendret. '
     'Avgang + tilgang (ikke sy sammen).'),
    ('UI910', 260, 'uten_opphold', 'uoppgitt_eller_etter_dagdato', true, false, NULL, NULL, NULL,
     'gruppeovergang', 'henddato-1', 'henddato', NULL, 'feil_datering',
     'Uten opphold: henddato uoppgitt eller etter dagens dato, hoved endret, arbstat uendret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('UK901', 270, 'uten_opphold', 'uoppgitt_eller_etter_dagdato', false, true, NULL, NULL, NULL,
     'endring', NULL, 'henddato', '2', 'konsistent',
     'Uten opphold: henddato uoppgitt eller etter dagens dato, hoved uendret, arbstat endret. Endringsrecord.'),
    ('UK911', 280, 'uten_opphold', 'uoppgitt_eller_etter_dagdato', true, true, NULL, NULL, NULL,
     'gruppeovergang', 'henddato-1', 'henddato', NULL, 'konsistent',
     'Uten opphold: henddato uoppgitt eller etter dagens dato, hoved og arbstat endret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('UI300', 290, 'uten_opphold', 'ikke_etter_fdagdato', false, false, NULL, NULL, NULL,
     'vrak', NULL, NULL, NULL, 'vraket',
     'Uten opphold: henddato på eller før forrige dagens dato, hoved og arbstat uendret. Vrakes.'),
    ('UI310', 300, 'uten_opphold', 'ikke_etter_fdagdato', true, false, NULL, NULL, NULL,
     'gruppeovergang', 'fdagdato', 'fdagdato+1', NULL, 'feil_datering',
     'Uten opphold: henddato på eller før forrige dagens dato, hoved endret, arbstat uendret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('UI301', 310, 'uten_opphold', 'ikke_etter_fdagdato', false, true, NULL, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'feil_datering',
     'Uten opphold: henddato på eller før forrige dagens dato, hoved uendret, arbstat endret. Endringsrecord.'),
    ('UI311', 320, 'uten_opphold', 'ikke_etter_fdagdato', true, true, NULL, NULL, NULL,
     'gruppeovergang', 'fdagdato', 'fdagdato+1', NULL, 'feil_datering',
     'Uten opphold: henddato på eller før forrige dagens dato, hoved og arbstat endret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('YK000a', 330, 'uten_opphold_13_uker', 'uendret', false, false, NULL, NULL, NULL,
     'ingen', NULL, NULL, NULL, 'konsistent',
     'Uten opphold etter 13-ukersregelen: henddato uendret (+-1 dag), hoved og arbstat uendret. '
     'Ingen record (løpende uten endring).'),
    ('YI010a', 340, 'uten_opphold_13_uker', 'uendret', true, false, NULL, NULL, NULL,
     'gruppeovergang', 'dagdato-1', 'dagdato', NULL, 'annen_inkonsistens',
     'Uten opphold etter 13-ukersregelen: henddato uendret (+-1 dag), hoved endret, arbstat uendret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('YI001a', 350, 'uten_opphold_13_uker', 'uendret', false, true, NULL, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'annen_inkonsistens',
     'Uten opphold etter 13-ukersregelen: henddato uendret (+-1 dag), hoved uendret, arbstat endret. Endringsrecord.'),
    ('YI011a', 360, 'uten_opphold_13_uker', 'uendret', true, true, NULL, NULL, NULL,
     'gruppeovergang', 'dagdato-1', 'dagdato', NULL, 'annen_inkonsistens',
     'Uten opphold etter 13-ukersregelen: henddato uendret (+-1 dag), hoved og arbstat endret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('YK100a', 370, 'uten_opphold_13_uker', 'endret', false, false, NULL, NULL, NULL,
     'ingen', NULL, NULL, NULL, 'konsistent',
     'Uten opphold etter 13-ukersregelen: henddato endret, hoved og arbstat uendret. '
     'Ingen record (løpende uten endring).'),
    ('YI110a', 380, 'uten_opphold_13_uker', 'endret', true, false, NULL, NULL, NULL,
     'gruppeovergang', 'henddato-1', 'henddato', NULL, 'annen_inkonsistens',
     'Uten opphold etter 13-ukersregelen: henddato endret, hoved endret, arbstat uendret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('YK101a', 390, 'uten_opphold_13_uker', 'endret', false, true, NULL, NULL, NULL,
     'endring', NULL, 'henddato', '2', 'konsistent',
     'Uten opphold etter 13-ukersregelen: henddato endret, hoved uendret, arbstat endret. Endringsrecord.'),
    ('YK111a', 400, 'uten_opphold_13_uker', 'endret', true, true, NULL, NULL, NULL,
     'gruppeovergang', 'henddato-1', 'henddato', NULL, 'konsistent',
     'Uten opphold etter 13-ukersregelen: henddato endret, hoved og arbstat endret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('YK900a', 410, 'uten_opphold_13_uker', 'uoppgitt_eller_etter_dagdato', false, false, NULL, NULL, NULL,
     'ingen', NULL, NULL, NULL, 'konsistent',
     'Uten opphold etter 13-ukersregelen: henddato uoppgitt eller etter dagens dato, hoved og arbstat uendret. '
     'Ingen record (løpende uten endring).'),
    ('YI910a', 420, 'uten_opphold_13_uker', 'uoppgitt_eller_etter_dagdato', true, false, NULL, NULL, NULL,
     'gruppeovergang', 'henddato-1', 'henddato', NULL, 'feil_datering',
     'Uten opphold etter 13-ukersregelen: henddato uoppgitt eller etter dagens dato, hoved endret, arbstat uendret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('YK901a', 430, 'uten_opphold_13_uker', 'uoppgitt_eller_etter_dagdato', false, true, NULL, NULL, NULL,
     'endring', NULL, 'henddato', '2', 'konsistent',
     'Uten opphold etter 13-ukersregelen: henddato uoppgitt eller etter dagens dato, hoved uendret, arbstat endret. '
     'Endringsrecord.'),
    ('YK911a', 440, 'uten_opphold_13_uker', 'uoppgitt_eller_etter_dagdato', true, true, NULL, NULL, NULL,
     'gruppeovergang', 'henddato-1', 'henddato', NULL, 'konsistent',
     'Uten opphold etter 13-ukersregelen: henddato uoppgitt eller etter dagens dato, hoved og arbstat endret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('YI300a', 450, 'uten_opphold_13_uker', 'ikke_etter_fdagdato', false, false, NULL, NULL, NULL,
     'vrak', NULL, NULL, NULL, 'vraket',
     'Uten opphold etter 13-ukersregelen: henddato på eller før forrige dagens dato, hoved og arbstat uendret. '
     'Vrakes.'),
    ('YI310a', 460, 'uten_opphold_13_uker', 'ikke_etter_fdagdato', true, false, NULL, NULL, NULL,
     'gruppeovergang', 'fdagdato', 'fdagdato+1', NULL, 'feil_datering',
     'Uten opphold etter 13-ukersregelen: henddato på eller før forrige dagens dato, hoved endret, arbstat uendret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('YI301a', 470, 'uten_opphold_13_uker', 'ikke_etter_fdagdato', false, true, NULL, NULL, NULL,
     'endring', NULL, 'fdagdato+1', '2', 'feil_datering',
     'Uten opphold etter 13-ukersregelen: henddato på eller før forrige dagens dato, hoved uendret, arbstat endret. '
     'Endringsrecord.'),
    ('YI311a', 480, 'uten_opphold_13_uker', 'ikke_etter_fdagdato', true, true, NULL, NULL, NULL,
     'gruppeovergang', 'fdagdato', 'fdagdato+1', NULL, 'feil_datering',
     'Uten opphold etter 13-ukersregelen: henddato på eller før forrige dagens dato, hoved og arbstat endret. '
     'Gruppeovergang (avgang + tilgang).'),
    ('OI000', 490, 'med_opphold', 'uendret', false, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'annen_inkonsistens',
     'Med opphold: henddato uendret (+-1 dag), hoved og arbstat uendret. Avgang + tilgang (ikke sy sammen).'),
    ('OI010', 500, 'med_opphold', 'uendret', true, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'annen_inkonsistens',
     'Med opphold: henddato uendret (+-1 dag), hoved endret, arbstat uendret. Avgang + tilgang (ikke sy sammen).'),
    ('OI0011', 510, 'med_opphold', 'uendret', false, true, 1, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'konsistent',
     'Med opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (ytelse). '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI0012', 520, 'med_opphold', 'uendret', false, true, 2, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'konsistent',
     'Med opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (tiltak). '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI0013', 530, 'med_opphold', 'uendret', false, true, 3, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'konsistent',
     'Med opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (tiltak og ytelse). '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI0014', 540, 'med_opphold', 'uendret', false, true, 4, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'annen_inkonsistens',
     'Med opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (hovedarbstat). '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI0015', 550, 'med_opphold', 'uendret', false, true, 5, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'annen_inkonsistens',
     'Med opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (hovedarbstat og ytelse). '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI0016', 560, 'med_opphold', 'uendret', false, true, 6, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'annen_inkonsistens',
     'Med opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (hovedarbstat og tiltak). '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI0017', 570, 'med_opphold', 'uendret', false, true, 7, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'annen_inkonsistens',
     'Med opphold: henddato uendret (+-1 dag), hoved uendret, arbstat endret (hovedarbstat, tiltak og ytelse). '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI011', 580, 'med_opphold', 'uendret', true, true, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'annen_inkonsistens',
     'Med opphold: henddato uendret (+-1 dag), hoved og arbstat endret. Avgang + tilgang (ikke sy sammen).'),
    ('OK100', 590, 'med_opphold', 'endret', false, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'konsistent',
     'Med opphold: henddato endret, hoved og arbstat uendret. Avgang + tilgang (ikke sy sammen).'),
    ('OI110', 600, 'med_opphold', 'endret', true, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'annen_inkonsistens',
     'Med opphold: henddato endret, hoved endret, arbstat uendret. Avgang + tilgang (ikke sy sammen).'),
    ('OK101', 610, 'med_opphold', 'endret', false, true, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'konsistent',
     'Med opphold: henddato endret, hoved uendret, arbstat endret. Avgang + tilgang (ikke sy sammen).'),
    ('OK111', 620, 'med_opphold', 'endret', true, true, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'konsistent',
     'Med opphold: henddato endret, hoved og arbstat endret. Avgang + tilgang (ikke sy sammen).'),
    ('OK900', 630, 'med_opphold', 'uoppgitt_eller_etter_dagdato', false, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'konsistent',
     'Med opphold: henddato uoppgitt eller etter dagens dato, hoved og arbstat uendret. '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI910', 640, 'med_opphold', 'uoppgitt_eller_etter_dagdato', true, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'feil_datering',
     'Med opphold: henddato uoppgitt eller etter dagens dato, hoved endret, arbstat uendret. '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OK901', 650, 'med_opphold', 'uoppgitt_eller_etter_dagdato', false, true, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'konsistent',
     'Med opphold: henddato uoppgitt eller etter dagens dato, hoved uendret, arbstat endret. '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OK911', 660, 'med_opphold', 'uoppgitt_eller_etter_dagdato', true, true, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'henddato', NULL, 'konsistent',
     'Med opphold: henddato uoppgitt eller etter dagens dato, hoved og arbstat endret. '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI200', 670, 'med_opphold', 'ikke_etter_fdagdato', false, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'feil_datering',
     'Med opphold: henddato på eller før forrige dagens dato, hoved og arbstat uendret. '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI210', 680, 'med_opphold', 'ikke_etter_fdagdato', true, false, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'feil_datering',
     'Med opphold: henddato på eller før forrige dagens dato, hoved endret, arbstat uendret. '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI201', 690, 'med_opphold', 'ikke_etter_fdagdato', false, true, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'feil_datering',
     'Med opphold: henddato på eller før forrige dagens dato, hoved uendret, arbstat endret. '
     'Avgang + tilgang (ikke sy sammen).'),
    ('OI211', 700, 'med_opphold', 'ikke_etter_fdagdato', true, true, NULL, NULL, NULL,
     'avgang_tilgang', 'siste_dagdato', 'fdagdato+1', NULL, 'feil_datering',
     'Med opphold: henddato på eller før forrige dagens dato, hoved og arbstat endret. '
     'Avgang + tilgang (ikke sy sammen).')
),

borte AS (
    DELETE FROM trygdfob.statuskode AS s
    WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.status = s.status)
)

INSERT INTO trygdfob.statuskode
    (status, rekkefolge, individ, henddato_klasse, hoved_endret, arbstat_endret, arbstat_sum, seriemaaned, hoved,
     handling, avgang_dato, tilgang_dato, kode, konsistens, tekst)
SELECT r.status, r.rekkefolge, r.individ, r.henddato_klasse, r.hoved_endret, r.arbstat_endret, r.arbstat_sum,
    r.seriemaaned::int4range, r.hoved, r.handling, r.avgang_dato, r.tilgang_dato, r.kode, r.konsistens, r.tekst
FROM regel AS r
ON CONFLICT (status) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    individ = excluded.individ,
    henddato_klasse = excluded.henddato_klasse,
    hoved_endret = excluded.hoved_endret,
    arbstat_endret = excluded.arbstat_endret,
    arbstat_sum = excluded.arbstat_sum,
    seriemaaned = excluded.seriemaaned,
    hoved = excluded.hoved,
    handling = excluded.handling,
    avgang_dato = excluded.avgang_dato,
    tilgang_dato = excluded.tilgang_dato,
    kode = excluded.kode,
    konsistens = excluded.konsistens,
    tekst = excluded.tekst;
-- Whether the order is unique is checked in the end (DEFERRED), so that rows may change places. The end is here: a
-- table with checks still to come cannot be handed over to its owner (tilgang).
SET CONSTRAINTS ALL IMMEDIATE;
