"""What is article and what is page: told by words and form, in any outlet's layout."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.article import Article
from extract.document import read_document
from extract.sections import SectionRole, find_sections

PROSE_DE = "Bei dem Brand in einer Lagerhalle sind am Dienstag drei Menschen verletzt worden, sagte ein Sprecher."
PROSE_EN = "Flood water reached the town hall on Tuesday, and hundreds of people left their homes, officials said."


def roles(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(section.role.value, text[section.start:section.end]) for section in find_sections(text, title)]


def role_of(line: str) -> SectionRole:
    """The role of a line that stands between two paragraphs of prose."""
    return find_sections(f"{PROSE_DE}\n{line}\n{PROSE_DE}")[1].role


@pytest.mark.parametrize(("line", "role"), [
    ("Feuerwehrleute löschen das Dach. Foto: Erika Muster/dpa", SectionRole.CAPTION),
    ("ARCHIV - 03.02.2021, Spanien, Sevilla: Der Fluss führt wenig Wasser.", SectionRole.CAPTION),
    ("CHILE, VALPARAISO - MARCH 3, 2023: Firefighters walk along a road.", SectionRole.CAPTION),
    ("A rescue boat on the main street. Photograph: Jo Bloggs/Agency", SectionRole.CAPTION),
    ("FILE PHOTO: The bridge before the collapse.", SectionRole.CAPTION),
    ("Siehe auch: Zwei Fähren stoßen vor Korfu zusammen", SectionRole.TEASER),
    ("Read more: Minister resigns over rail crash in Larissa", SectionRole.TEASER),
    ("Schreiben Sie einen Kommentar", SectionRole.NAVIGATION),
    ("Your email address will not be published. Required fields are marked *", SectionRole.NAVIGATION),
    ("Abonnieren Sie unseren Newsletter und folgen Sie uns auf Instagram.", SectionRole.NAVIGATION),
    ("Sign up for our newsletter, delivered to your inbox every morning.", SectionRole.NAVIGATION),
    ("Panorama", SectionRole.NAVIGATION),
    ("World news", SectionRole.NAVIGATION),
    ("Quellen: Reuters, AFP", SectionRole.CREDIT),
    ("Reporting by Jane Doe in Nairobi; editing by John Roe", SectionRole.CREDIT),
    ("Von Anna Beispiel und Max Muster", SectionRole.CREDIT),
    ("AFP", SectionRole.CREDIT),
    ("(dpa/afp)", SectionRole.CREDIT),
    ("Stand: 3. Mai 2023, 14:05 Uhr", SectionRole.DATE),
    ("Published March 3, 2023 at 9:15 am", SectionRole.DATE),
    ("2023-03-03 09:15", SectionRole.DATE),
    ("Tausende fliehen vor den Flammen", SectionRole.HEADING),
    ("Die wichtigsten Fragen und Antworten:", SectionRole.HEADING),
    ("Zwei Tote in Linz. Polizei sucht Zeugen", SectionRole.HEADING),
    ("IRAN", SectionRole.HEADING),
    ("NDR", SectionRole.CREDIT),
    ("Quelle: dpa/AFP", SectionRole.CREDIT),
    ("Ein Feuerwehrmann trägt ein Kind aus dem Haus. Bild: Keystone/Max Muster.", SectionRole.CAPTION),
    ("Ein Boot auf dem Marktplatz / Bild: APA/Muster", SectionRole.CAPTION),
    ("A boat on the market square REUTERS/Jo Bloggs Purchase Licensing Rights", SectionRole.CAPTION),
    ("Copyright 2023 The Harbour Herald", SectionRole.CAPTION),
    ("A villager clears mud from his shop in Sichuan. (Xinhua/Li Si)", SectionRole.CAPTION),
    ("This article was amended on 6 May 2023. It said that a ferry sank on 2 May.", SectionRole.NAVIGATION),
    ("Korrektur: In einer früheren Fassung hieß es, die Fähre sei am 2. Mai gesunken.", SectionRole.NAVIGATION),
    ("[Editor’s note: this story contains descriptions of violence.]", SectionRole.NAVIGATION),
    ("Sie wollen auf dem Laufenden bleiben? Dann folgen Sie unserem Kanal bei WhatsApp.", SectionRole.NAVIGATION),
    ("Über dieses Thema berichtete der Deutschlandfunk am 3. Mai 2023 um 9 Uhr.", SectionRole.NAVIGATION),
    ("Ana Prueba in Lima and Jo Bloggs in Quito contributed to this report.", SectionRole.NAVIGATION),
    ("Click here to see our map of the floods in Libya.", SectionRole.TEASER),
])
def test_a_line_between_paragraphs(line: str, role: SectionRole) -> None:
    assert role_of(line) is role


@pytest.mark.parametrize("line", [
    "A video of the clashes was shared thousands of times on Facebook and Twitter.",
    "Die Täter hatten sich auf Facebook und Instagram verabredet.",
    "Kiel (dpa/lno) - Ein Radfahrer ist von einem Lastwagen überrollt worden.",
    "Wien (APA/dpa) – Die Polizei hat zwei Männer gefasst.",
    "Die Rebellen griffen die Stadt noch am selben Abend an. (dpa/AFP)",
    "Von Montag an fahren die Züge wieder nach Plan.",
    "By Monday the fire had reached the edge of the village.",
    "Das Foto einer Frau vor dem brennenden Haus ging um die Welt.",
    "Die Partei warb auf Instagram um junge Wähler.",
    "The video was posted on Facebook by a passenger.",
    "Die Sportler trafen am 3. Mai 2023 in Wien ein.",
    "In May 2021, 14 people died.",
    "The dam broke at dawn, and the water took the road to the coast.[3][14]",
    "Rebels took the airfield of Kismayo at noon, a witness said. 🙏🏽",
    "MAKHACHKALA, June 24. /TASS/. A ferry with forty people on board ran aground in the Caspian Sea.",
    "LISBON, May 2, 2023 /PRNewswire/ -- A ferry ran aground off the Azores with forty people on board.",
    "In Valletta, where the ferry was to dock, the minister of transport told reporters:",
    "The fire was put out by crews from four stations and was over at 3.18 am,",
    "Power was back in most of the villages by Wednesday noon. Enditem",
    "Den Rettern bot sich ein schlimmes Bild: Drei Häuser waren im Schlamm versunken.",
    "Aid workers paint a grim picture: at least forty people have died of cholera in the port.",
    "A Reuters/Ipsos poll found on Tuesday that most of them want the troops to come home.",
    "Die Stadt warnte die Bewohner via App vor dem Hochwasser.",
    "Protesters clashed with police in Warsaw over a new copyright law.",
    "Im Video ist zu sehen, wie Soldaten in Bangui zwei Männer erschießen.",
    "More from the port: two crew members of the ferry have died.",
])
def test_prose_stays_body(line: str) -> None:
    assert role_of(line) is SectionRole.BODY


def test_headings_before_the_first_paragraph_are_titles() -> None:
    assert roles(f"Drei Verletzte bei Brand\n\n{PROSE_DE}\n\n{PROSE_DE}")[0] == ("title", "Drei Verletzte bei Brand")


def test_a_given_title_is_recognised_wherever_it_stands() -> None:
    text = f"{PROSE_EN}\nTown flooded, says mayor.\n{PROSE_EN}"
    assert roles(text, title="Town flooded, says mayor.")[1][0] == "title"


def test_headlines_after_the_last_paragraph_are_not_the_article() -> None:
    text = f"{PROSE_EN}\nStorm hits Mozambique\nBus crash in Peru"
    assert [role for role, _ in roles(text)] == ["body", "navigation", "navigation"]


def test_a_pointer_takes_the_headlines_below_it_and_no_prose() -> None:
    text = f"{PROSE_EN}\nRelated stories\nStorm hits Mozambique\n{PROSE_EN}"
    assert [role for role, _ in roles(text)] == ["body", "teaser", "teaser", "body"]


def test_a_headline_below_a_pointer_may_be_a_question() -> None:
    text = f"{PROSE_EN}\nMore on this story\nBus crash in Peru\nWhy do so many bridges fail?\n{PROSE_EN}"
    assert [role for role, _ in roles(text)] == ["body", "teaser", "teaser", "teaser", "body"]


def test_items_may_have_numbers() -> None:
    items = "(1) In Mali haben Soldaten zehn Männer erschossen\n(2) In Bern beginnt heute die Messe der Bauern"
    assert [role for role, _ in roles(f"{PROSE_DE}\n{items}\n{PROSE_DE}")] == ["body"] * 4


def test_items_may_have_clocks() -> None:
    items = "06:40 Uhr – Erste Schüsse fallen am Flughafen\n07:15 Uhr – Die Soldaten ziehen sich zum Hafen zurück"
    assert [role for role, _ in roles(f"{PROSE_DE}\n{items}\n{PROSE_DE}")] == ["body"] * 4


def test_a_text_that_is_one_line_is_body_whatever_is_credited_in_it() -> None:
    assert [role for role, _ in roles(f"{PROSE_DE} Die Ursache ist noch unklar. Foto: Feuerwehr")] == ["body"]
    assert [role for role, _ in roles("Ein Boot auf dem Marktplatz. Foto: Feuerwehr")] == ["caption"]


def test_a_link_closes_the_teaser_above_it() -> None:
    text = f"{PROSE_DE}\nMinister stellt Rentenplan vor\nWer zahlt am Ende? Darüber wird gestritten.\nZur Story"
    assert [role for role, _ in roles(text)] == ["body", "teaser", "teaser", "teaser"]


def test_a_link_below_the_first_paragraphs_takes_nothing_of_them() -> None:
    text = f"World\nFloods reach the town\n{PROSE_EN}\n{PROSE_EN}\nRead more"
    assert [role for role, _ in roles(text)] == ["navigation", "title", "body", "body", "teaser"]


def test_a_caption_takes_the_truncated_line_before_it() -> None:
    cut_off = "Der Präsident begrüßt auf diesem Bild seinen Gast vor dem Pal ..."
    text = f"{PROSE_DE}\n{cut_off}\nBeide lächeln. Bild: AP / A. Fotograf\n{PROSE_DE}"
    assert [role for role, _ in roles(text)] == ["body", "caption", "caption", "body"]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "The river rose by two metres in the night and flooded the lower\nstreets of the town, the mayor said.\n"
    assert roles(text) == [("body", text.strip())]


def test_one_line_without_a_full_stop_is_body() -> None:
    assert [role for role, _ in roles("militants looted shops in the village")] == ["body"]


@given(st.text(max_size=400))
def test_sections_cover_all_but_white_space_in_order(text: str) -> None:
    sections = find_sections(text)
    covered = "".join(text[section.start:section.end] for section in sections)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(sections))


PIECES = ["Foto:", "x.Foto:", "3Foto:", "Foto", ":", "U.S.", "z.", "B", "_", "-", "'", " ", " ", "\n", "12.",
          "Abonnieren", "Newsletter", "(", "©", "subscribe", "İ", "Bild", "Impressum", "Read", "more:"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_words_of_a_text_tell_the_same_of_it_as_the_text(text: str) -> None:
    assert read_document(Article("a", text), "de").sections == find_sections(text)


def test_a_word_that_lacks_its_space_opens_all_the_same() -> None:
    line = "Der Hafen am Abend, von oben, A.Foto: Agentur"
    text = f"{PROSE_DE}\n{line}\n{PROSE_DE}"
    assert read_document(Article("a", text), "de").sections[1].role is SectionRole.CAPTION


def test_items_of_a_list_between_paragraphs_are_prose() -> None:
    text = ("In Valencia regnet es seit Tagen.\n\nZusammenfassung:\n- Am Montag wurden in Bern drei Männer verhaftet\n"
            "- Am Sonntag brannte in Biel ein Haus\n\nDie Polizei sucht Zeugen.")
    assert [section.role.value for section in find_sections(text)][2:4] == ["body", "body"]


def test_a_list_of_links_below_an_article_is_none() -> None:
    text = "Es regnet.\n- So schützen Sie sich jetzt vor Hochwasser\n- Der Ticker zum Nachlesen und Hören"
    assert "body" not in [section.role.value for section in find_sections(text)][1:]


def test_what_opens_like_a_pointer_but_is_a_sentence_is_prose() -> None:
    text = "Es brannte.\n\nHintergrund: Am 3. März war in Köniz ein Lager überfallen worden.\n\nDie Suche läuft."
    assert [section.role.value for section in find_sections(text)] == ["body", "body", "body"]


WRAPPED = """A train derailed near Lahore on Monday, killing at least nine people, officials said, in what the railway's
own minister called the worst accident in a decade. Rescuers were still looking for passengers in Multan and
Sukkur, where two coaches had fallen into a canal that runs beside the tracks, said the spokesman, a Mr Imran
Khan, who asked for blood.
The engine driver survived. A second train was stopped in time by a signalman who had heard that the night's
express had left the rails; he ran along the line with a lamp for a good mile, as his father had done once in
the same place. The line is closed until Friday, and buses have been laid on for those who were to travel by
Green Line."""


def test_lines_that_were_wrapped_wide_are_paragraphs() -> None:
    """Also where the next line begins with a name: its first word would have made the line too wide."""
    assert [section.role for section in find_sections(WRAPPED)] == [SectionRole.BODY] * 2


def test_a_line_of_any_width_goes_on_with_a_small_letter() -> None:
    text = ("The harbour master told the newspaper that no one on board the ferry had called for help before it ran "
            "aground on rocks\n   that every sailor on that coast knows well.\n" + PROSE_EN)
    assert [role for role, _ in roles(text)] == ["body", "body"]


def test_a_quotation_that_a_line_breaks_off_goes_on() -> None:
    text = f'{PROSE_EN}\n"We heard the water coming before we saw it, and then the lights went out,"\nthe mayor said.'
    assert [role for role, _ in roles(text)] == ["body", "body"]


def test_a_short_text_that_is_wrapped_throughout_is_one_paragraph() -> None:
    text = ("Wegen der anhaltenden Regenfälle und der hohen Pegel hat\nder Kreis an Elbe und Saale am Montagabend den\n"
            "Katastrophenfall ausgerufen. Betroffen sind vor allem die\nniedrig gelegenen Orte.")
    assert roles(text) == [("body", text)]


def test_a_credit_in_brackets_ends_its_paragraph() -> None:
    text = f"{PROSE_DE} Die Brücke hielt stand, wie die Behörde am Abend mitteilte. (dpa)\nzur Startseite"
    assert [role for role, _ in roles(text)] == ["body", "navigation"]


def test_a_heading_between_paragraphs_that_were_wrapped_is_one() -> None:
    text = WRAPPED.replace("for blood.", "for blood.\nSignalman honoured")
    assert [section.role for section in find_sections(text)] == [
        SectionRole.BODY, SectionRole.HEADING, SectionRole.BODY]


def test_a_last_paragraph_that_was_cut_off_is_one() -> None:
    cut = "Slightly hurt were also a 37-year-old driver on the road between the two villages and his pass"
    assert find_sections(f"{PROSE_DE}\n{PROSE_DE}\n{cut}")[-1].role is SectionRole.BODY


def test_a_heading_may_stand_above_a_paragraph_that_was_cut_off() -> None:
    cut = "Slightly hurt were also a 37-year-old driver on the road between the two villages and his pass"
    assert [role for role, _ in roles(f"{PROSE_EN}\nDriver unhurt\n{cut}")] == ["body", "heading", "body"]


def test_headlines_of_other_stories_behind_the_text_are_none() -> None:
    other = "Minister resigns over rail crash in the north of the country that killed dozens of students"
    sections = find_sections(f"{PROSE_DE}\n{PROSE_DE}\n{other}\nStorm leaves thousands without power")
    assert [section.role for section in sections[-2:]] == [SectionRole.NAVIGATION] * 2
