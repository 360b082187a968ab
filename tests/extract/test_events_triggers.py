"""Every trigger of the lexicon finds its own test sentence, and no figure of speech finds a trigger."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import extract.events
from extract import lexicon
from extract.article import Article
from extract.document import read_document
from extract.events import find_reports
from extract.events.domains import CLASSES
from extract.events.inflection import Form, noun_forms, verb_forms
from extract.events.reading import read_sentences
from extract.events.triggers import find_triggers, with_outcomes, without_offences
from extract.events.vocabulary import CLASS_FILES, NAMED, TRIGGER_FILES, vocabulary

ENTRIES = [(lang, entry) for lang in ("de", "en") for name in TRIGGER_FILES
           for entry in lexicon.read(lang, name).get("trigger", ())]


def triggers_of(text: str, lang: str) -> dict[str, str]:
    """Rule id → trigger word of everything found in a text."""
    words = vocabulary(lang)
    readings, totals = read_sentences(read_document(Article("t", text), lang), words)
    return {trigger.sense.id: reading.tokens[trigger.token].text
            for reading in readings for trigger in find_triggers(reading, totals, words)}


def test_every_file_has_entries() -> None:
    assert Counter(lang for lang, _ in ENTRIES).keys() == {"de", "en"}
    assert len(ENTRIES) > 100


@pytest.mark.parametrize(("lang", "entry"), ENTRIES, ids=[f"{lang}-{entry['id']}" for lang, entry in ENTRIES])
def test_a_trigger_finds_its_test_sentence(lang: str, entry: dict[str, str]) -> None:
    found = triggers_of(entry["test"], lang)
    types = {other["type"] for _, other in ENTRIES if other["id"] in found}
    assert entry["id"] in found or entry["type"] in types, found


@pytest.mark.parametrize(("lang", "sentence"), [
    ("de", "Der Kampf gegen den Krebs braucht mehr Geld."),
    ("de", "Im Handelskrieg mit China drohen neue Zölle."),
    ("de", "Die Explosion der Preise trifft vor allem Familien."),
    ("de", "Der Angriff des FC Bayern blieb in der ersten Halbzeit blass."),
    ("de", "Mit einer Charmeoffensive wirbt der Minister um die Wähler."),
    ("de", "Der Cyberangriff legte die Server der Klinik lahm."),
    ("de", "Das Bevölkerungswachstum gleicht einer Bevölkerungsexplosion."),
    ("de", "Nach dem Herzinfarkt kämpfte er sich zurück ins Leben."),
    ("de", "Sie gab ihm einige gute Ratschläge."),
    ("de", "Der Stürmer ging am Sonntag dem Scout aus Mailand ins Netz."),
    ("de", "Das Riesenrad in Wien dreht sich seit 1897."),
    ("de", "Die Mauern der Burg sind bis zu drei Meter dick."),
    ("de", "Patienten aus Ulm warten oft Monate auf einen Termin."),
    ("de", "Die Sängerin eroberte am Freitag in Oslo die Herzen des Publikums."),
    ("en", "The fight against cancer needs more money."),
    ("en", "Investors fear that a price war will hit profits."),
    ("en", "Arsenal's attack was blunt and the striker missed a penalty."),
    ("en", "Ransomware hackers attacked the hospital's servers."),
    ("en", "He left the damaged jail by the back door."),
])
def test_figures_of_speech_are_no_events(lang: str, sentence: str) -> None:
    assert triggers_of(sentence, lang) == {}


def test_a_separated_particle_belongs_to_its_verb() -> None:
    assert triggers_of("Frankreich zog im Mai seine letzten Soldaten aus der Stadt ab.", "de") == {"withdrawal": "zog"}
    assert "attack" not in triggers_of("Er griff zum Telefon.", "de")
    assert triggers_of("Die Rebellen griffen am Morgen den Flughafen an.", "de") == {"attack": "griffen"}
    assert "destroyed" not in triggers_of("Zwei Flugzeuge mit Drohnen trafen gestern ein.", "de")


def test_passive_and_light_verbs() -> None:
    assert triggers_of("Das Dorf wurde bombardiert.", "de") == {"air-strike": "bombardiert"}
    assert triggers_of("Bei dem Unglück kamen zwei Menschen ums Leben.", "de")["killed"] == "kamen"
    assert triggers_of("Gunmen opened fire on worshippers.", "en")["attack"] == "opened"
    assert "suicide-bombing" in triggers_of("Three men blew themselves up at a checkpoint.", "en")


def test_compounds_are_read_by_their_heads() -> None:
    assert "attack" in triggers_of("Der Sprengstoffgürtelanschlag traf eine Synagoge.", "de")
    assert "attack" not in triggers_of("Der Voranschlag der Kosten liegt vor.", "de")
    assert "earthquake" in triggers_of("Ein Flachlanderdbeben erschütterte den Norden.", "de")


def test_a_declined_participle_before_its_noun_tells_no_event() -> None:
    assert "capture-ground" not in triggers_of("Die Armee sieht Truppen in den besetzten Gebieten.", "de")
    assert "capture-ground" in triggers_of("Am Montag besetzten Rebellen die Stadt.", "de")
    assert "capture-ground" not in triggers_of("Soldiers killed a boy in the occupied territories.", "en")


def test_the_subject_stands_behind_its_verb_where_a_circumstance_opens_the_clause() -> None:
    assert "ergeben" in triggers_of("Am Freitag ergaben sich bei Lyman 50 Kämpfer.", "de")
    assert "killing-war" in triggers_of("Am Montag töteten Rebellen bei Beni 30 Bauern.", "de")
    assert "killing-war" not in triggers_of("Das Gift tötete zwei Soldaten.", "de")


def test_a_strong_past_tense_is_no_declined_participle() -> None:
    assert "abzug-verb" in triggers_of("Die Truppen gaben am Freitag den Vorort auf.", "de")
    assert "bombing" in triggers_of("Laut Polizei explodierten dort Bomben, ein Sprengsatz blieb liegen.", "de")


def test_parts_of_a_hyphenated_word_have_their_classes() -> None:
    assert "militants" in vocabulary("de").word("M23-Rebellen").classes
    assert "soldiers" in vocabulary("de").word("UN-Soldaten").classes


def test_paradigms_write_forms_out() -> None:
    german = lexicon.read("de", "inflection")
    forms = {(form.text, form.form, form.particle) for form in verb_forms("an|greifen greift griff gegriffen", german)}
    assert ("angegriffen", Form.PARTICIPLE, "") in forms
    assert ("anzugreifen", Form.TO_INFINITIVE, "") in forms
    assert ("griffen", Form.FINITE, "an") in forms
    assert {form.text for form in verb_forms("bombardieren", german)} >= {"bombardiert", "bombardierten"}
    assert "gebombardiert" not in {form.text for form in verb_forms("bombardieren", german)}
    assert {form.text for form in verb_forms("bury", lexicon.read("en", "inflection"))} == {
        "bury", "buries", "buried", "burying"}
    assert {form.text for form in noun_forms("Anschlag Anschläge", german)} >= {"Anschlags", "Anschlägen"}


def test_months_and_names_are_no_triggers() -> None:
    from extract.times import find_times

    document = read_document(Article("t", "In March, students in Deer Park held a concert."), "en")
    assert find_reports(document, (), find_times(document, None), (), None) == ()


def test_hostile_text_is_read_without_fuss() -> None:
    for text in ("\ud800 angriff \udfff", "x" * 200_000, "!?,;" * 20_000, "Angriff " * 3000):
        find_reports(read_document(Article("t", text), "de"), (), (), (), None)


CONDITIONS = ("needs", "article_needs", "article_like", "article_unlike", "unless", "agents", "patients", "beside")
"""Keys of a trigger that name classes."""


def classes_of(lang: str) -> set[str]:
    return {name for file in CLASS_FILES for name in lexicon.read(lang, file).get("classes", {})}


def asked_by_triggers(lang: str) -> set[str]:
    return {name for language, entry in ENTRIES if language == lang
            for key in CONDITIONS for name in entry.get(key, ())}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_triggers_ask_for_is_a_class(lang: str) -> None:
    assert asked_by_triggers(lang) <= {*classes_of(lang), NAMED}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_class_of_words_is_used(lang: str) -> None:
    """By a trigger, by a rule for sub-events, or by name in the code."""
    package = Path(extract.events.__file__).parent
    rules = tomllib.loads((package / "subevents.toml").read_text(encoding="utf-8"))["rule"]
    by_name = {node.value for module in package.glob("*.py")
               for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
               if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    by_rules = {name for rule in rules for key in ("all", "any", "none") for name in rule.get(key, ())}
    assert classes_of(lang) <= asked_by_triggers(lang) | by_rules | by_name | CLASSES


def test_a_language_without_a_lexicon_has_no_events() -> None:
    document = read_document(Article("t", "Attaque contre la ville de Gao."), "fr")
    assert find_reports(document, (), (), (), None) == ()


@pytest.mark.parametrize(("sentence", "rule"), [
    ("Twenty farmers were abducted by gunmen near Kotor.", "taken-by-force"),  # the agent behind "by"
    ("The rebels who slaughtered 14 farmers have fled.", "slaughter"),  # the subject before the relative pronoun
    ("Drugs seized in Mombasa were burned.", "drugs-found"),  # the patient right before its participle
    ("Rebels took Uvira on Wednesday.", "took-ground"),  # the patient is a name
])
def test_who_does_it_and_to_whom(sentence: str, rule: str) -> None:
    assert rule in triggers_of(sentence, "en")


@pytest.mark.parametrize("sentence", [
    "The army denies the armed clashes of May.",  # a plural, no verb: nobody clashes
    "The drugs company seized the chance to grow.",
    "Rebels said on Tuesday that they took responsibility.",
])
def test_what_is_done_to_nobody_is_no_trigger(sentence: str) -> None:
    assert not {"crowds-turn-out", "drugs-found", "took-ground"} & set(triggers_of(sentence, "en"))


def test_what_one_is_charged_with_is_no_event_of_its_own() -> None:
    text = "Two men were jailed for life in Leeds on Friday for plotting an attack."
    words = vocabulary("en")
    readings, totals = read_sentences(read_document(Article("t", text), "en"), words)
    found = list(find_triggers(readings[0], totals, words))
    assert [trigger.sense.type for trigger in without_offences(readings[0], found)] == ["crime"]
    assert "attack" in {trigger.sense.type for trigger in found}


@pytest.mark.parametrize(("text", "types"), [
    ("An army helicopter crashed into a lake near Entebbe, killing two soldiers.", ["accident", "casualties"]),
    ("Soldiers raided the village on Monday, killing nine.", ["attack", "casualties"]),
    ("Rebels raided the village of Oicha on Monday, abducting nine people.", ["attack", "crime"]),  # an act of its own
])
def test_what_a_participle_adds_came_of_the_event(text: str, types: list[str]) -> None:
    words = vocabulary("en")
    readings, totals = read_sentences(read_document(Article("t", text), "en"), words)
    found = with_outcomes(readings[0], list(find_triggers(readings[0], totals, words)), words)
    assert [trigger.sense.type for trigger in found] == types


def test_a_coordinated_participle_shares_its_subject() -> None:
    assert triggers_of("A porter was held for two days and released without charge.", "en")
    assert not triggers_of("A porter read the novel and released without charge of mind.", "en")


@pytest.mark.parametrize("sentence", [
    "Gunmen opened fire on guests who had come for a wedding near Kohat.",  # "who" is no World Health Organization
    "A blast in the heart of Kabul killed four people.",  # no heart attack
    "The general strike began in Nairobi on Monday.",  # no general of an army
    "Thousands protested in Lagos on Friday over fuel prices.",  # prices are a reason, not business
])
def test_small_words_keep_no_trigger_away(sentence: str) -> None:
    assert set(triggers_of(sentence, "en")) & {
        "attack", "blew-up", "explosion", "strike-paralyses", "shutdown", "crowds-turn-out"}


@pytest.mark.parametrize("sentence", [
    "Am Montag gingen in Chur Tausende auf die Strasse.",
    "Die Aussenminister trafen sich am Montag in Genf.",
    "Bei Visp wurde am Montag ein Fussgänger von einem Auto angefahren.",
])
def test_swiss_spelling(sentence: str) -> None:
    assert triggers_of(sentence, "de").keys() == triggers_of(
        sentence.replace("Strasse", "Straße").replace("Aussen", "Außen").replace("Fuss", "Fuß"), "de").keys() != set()


@pytest.mark.parametrize(("text", "is_attack"), [
    ("Nurses in Kumasi walked out over unpaid wages. The union said the strike would go on. Soldiers looked on as the "
     "strike hit the hospital.", False),
    ("Jets bombed a depot near Marib, killing nine soldiers. Rebels said the strike hit the hospital, too.", True),
])
def test_what_a_strike_is_the_article_tells(text: str, is_attack: bool) -> None:
    document = read_document(Article("t", text), "en")
    reports = find_reports(document, (), (), (), None)
    strikes = [report for report in reports if text[slice(*report.trigger)] == "strike"]
    assert any(report.type == "attack" for report in (strikes or reports)) == is_attack


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "A man was arrested in Leeds on Monday and charged with murder."),
    ("en", "A court in Lagos convicted a pastor of fraud and sentenced him to six years in prison."),
    ("de", "Ein 30-Jähriger wurde am Montag in Kassel festgenommen und wegen Mordes angeklagt."),
    ("de", "Ein Arzt wurde am Montag in Kiel wegen Betrugs schuldig gesprochen und zu vier Jahren Haft verurteilt."),
])
def test_one_case_is_one_event(lang: str, text: str) -> None:
    reports = find_reports(read_document(Article("t", text), lang), (), (), (), None)
    assert [report.type for report in reports] == ["crime"]


@pytest.mark.parametrize(("lang", "text", "types"), [
    ("en", "A landmine tore through a school van near Aden on Tuesday, killing the driver.", ["attack"]),
    # what was meant is not what was done
    ("en", "The rebels' attack to capture the army's posts near the airbase was fended off by soldiers.", ["attack"]),
    ("en", "The demands of the pupils are met, the ministry in Dhaka says.", []),
])
def test_what_one_sentence_tells(lang: str, text: str, types: list[str]) -> None:
    reports = find_reports(read_document(Article("t", text), lang), (), (), (), None)
    assert [report.type for report in reports] == types


FUNCTION_WORDS = ("preposition", "coordinator", "article", "determiner", "definite", "negation", "relative")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_function_word_is_a_finite_verb(lang: str) -> None:
    """A rule that begins with the wrong word makes one: every clause with it falls apart."""
    words = vocabulary(lang)
    listed = {entry for name in CLASS_FILES for of, entries in lexicon.read(lang, name).get("classes", {}).items()
              if of in FUNCTION_WORDS for entry in entries}
    found = {word for word in listed if word.isalpha() and Form.FINITE in words.word(word).forms}
    assert not found
