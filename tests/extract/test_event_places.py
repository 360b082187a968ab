"""Where events are put, from the text to the pin."""

from __future__ import annotations

from datetime import date

import pytest

from extract.annotation import Report
from extract.article import Article, Publication
from extract.pipeline import annotate
from geodata.gazetteer import Gazetteer, open_gazetteer

TODAY = date(2026, 5, 6)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def told_by(text: str, trigger: str, lang: str, gazetteer: Gazetteer) -> list[Report]:
    """The reports that a word tells, by its last occurrence."""
    at = text.rindex(trigger)
    found = annotate(Article("a", text, lang=lang, published=Publication(TODAY, TODAY, "given")), gazetteer)
    return [report for report in found.reports if report.trigger[0] < at + len(trigger) and at < report.trigger[1]]


CASES = [
    # Capitals and a colon: where the reporter is; a relative clause without a comma says which one is meant.
    ("en", "QUETTA: Three traders were shot dead by men who had blocked a road in Turbat on Monday, police said.",
     "shot", "Turbat"),
    # "told to leave" is an order, no report.
    ("en", "People in the Australian town of Gympie were told to leave after a gas pipe exploded overnight.",
     "exploded", "Gympie"),
    # What was long before the story was anywhere.
    ("en", "Gunmen attacked a market in Bunia on Sunday.\n\nOn Monday they shot a trader in Beni.\n\n"
           "In January, they ambushed a bus.", "ambushed", None),
    ("en", "Gunmen attacked a market in Bunia on Sunday.\n\nOn Monday they shot a trader in Beni.\n\n"
           "On Monday night, they ambushed a bus.", "ambushed", "Beni"),
    # A state is meant by its name though a small town in it bears it.
    ("en", "A fire destroyed nine homes near Billings in Montana on Monday.", "fire", "Billings"),
    ("en", "Floods killed nine people in Bihar on Monday.", "Floods", "Bihar"),
    # A firm or a paper that is called after a sea.
    ("en", "Virgin Atlantic pilots walked out on Monday in a row over pay.", "walked", None),
    ("en", "A boat with 40 people sank in the Atlantic on Monday.", "sank", "Atlantic Ocean"),
    # What another state does is not where the reporter is.
    ("en", "MOSCOW, May 4 (Agency) - Armenia freed four prisoners on Monday.", "freed", "Armenia"),
    # A lead for readers far away, and the town behind it.
    ("en", "Armed men have kidnapped 38 people at a church in western Nigeria, police say.\n\nThe attackers arrived on "
           "motorcycles at a village near Patigi, in Kwara state, on Sunday.", "kidnapped", "Patigi"),
    ("en", "A gas explosion has killed nine people in northern Mexico.\n\nIt happened at a shop in Hermosillo on "
           "Saturday.", "explosion", "Hermosillo"),
    ("en", "A flood has killed nine people in northern Mexico.\n\nOfficials opened a shelter in Hermosillo on "
           "Saturday.", "flood", "Northern Mexico"),
    ("en", "Gunmen killed nine people in Peru on Sunday.\n\nPolice shot two men in Piura on Monday.", "killed", "Peru"),
    # Where those sit who tell is not where it was; nor is where people signed.
    ("de", "Die Beobachtungsstelle mit Sitz in London berichtete von einem Drohnenangriff in Syrien am Montag.",
     "Drohnenangriff", "Syria"),
    ("de", "Die Regierungschefs hatten im April in Kuala Lumpur eine Vereinbarung unterzeichnet. Sie folgte auf die "
           "Gefechte im März, bei denen 43 Menschen ums Leben gekommen waren.", "Gefechte", None),
    # A march goes where it goes.
    ("de", "Landwirte kündigten für Donnerstag einen Sternmarsch nach Straßburg an.", "Sternmarsch", "Strasbourg"),
    # A governor's order is for the region.
    ("en", "Bandits attacked a church near Patigi in Kwara state on Sunday.\n\nGovernor AbdulRahman AbdulRazaq on "
           "Monday ordered schools to close.", "ordered", "Kwara"),
    # Two neighbours who fight do so at the border that is told of.
    ("en", "Fighting between Kenya and Somalia went into a third day on Monday, killing nine soldiers.\n\nKenya has "
           "closed markets near the border, and Somalia sent a note.", "Fighting", "border between Kenya and Somalia"),
    ("en", "BANGKOK, May 5 (Agency) - Three soldiers were killed on Monday in fighting on the Thai-Cambodian border.",
     "fighting", "border between Cambodia and Thailand"),
    # Those who say it are elsewhere; of what papers call an area, the town near it says more.
    ("en", "Officials in Hanoi said 14 people died when a tour boat capsized in Ha Long Bay on Monday.", "died",
     "Hạ Long"),
    ("de", "Bei einem Zugunglück nahe der Stadt Larisa in Mittelgriechenland starben am Montag 57 Menschen.",
     "Zugunglück", "Lárisa"),
    # Where a fire began, in a village that no gazetteer has, is not where it is.
    ("en", "FLIN FLON — People fled after a wildfire, which began near Qorrowel, jumped a road on Monday.", "wildfire",
     "Flin Flon"),
    # The injured are elsewhere.
    ("de", "Beim Absturz einer Gondel im italienischen Stresa sind am Sonntag neun Leute gestorben. Ein Junge liegt "
           "in einer Klinik in Turin.", "Absturz", "Stresa"),
    ("en", "The prime minister resigned and fled to India on Monday after weeks of unrest.", "unrest", None),
    # Three names behind a title are somebody's.
    ("de", "In Bissau wurde am Montag der Oppositionsführer Domingos Simões Pereira festgenommen.", "festgenommen",
     "Bissau"),
    # A long river says less than the land that it flows through there; a sea says more than the country beside it.
    ("en", "A wooden boat sank on the River Niger in Kebbi State on Monday, killing 36 traders.", "sank", "Kebbi"),
    ("de", "Im Mittelmeer vor Tunesien ertranken am Montag 40 Menschen.", "ertranken", "Mediterranean Sea"),
    # A border that only tells where a district lies is not where the next sentence plays.
    ("de", "Am schlimmsten ist die Lage im Distrikt Nsanje an der Grenze zu Mosambik in Malawi. Dort hat ein Sturm am "
           "Montag drei Häuser zerstört.", "Sturm", "Nsanje"),
    # On the road between two towns, by the dateline.
    ("en", "LAKKI MARWAT: Five policemen were killed when militants ambushed their van on the Bannu-Mianwali road on "
           "Monday.", "ambushed", "Lakki"),
    # The arrest is where its paragraph tells of what it was for.
    ("de", "In Leipzig demonstrierten am Montag 3500 Menschen.\n\nIn Mannheim fuhr ein Autofahrer am Montag in eine "
           "Gruppe von Streikenden. Ein Mann wurde am Bein verletzt. Die Polizei nahm den Fahrer fest.", "nahm",
     "Mannheim"),
    # What happens while something else does is where that is; what is decided meanwhile is not.
    ("en", "A singer was shot dead as thousands marched through the centre of Lima on Monday.", "shot", "Lima"),
    ("en", "Parliament adopted the budget on Monday while farmers protested in Toulouse.", "adopted", None),
    ("en", "A drone hit a depot in Kosti on Monday as travellers were boarding buses to Khartoum.", "hit", "Kosti"),
    # Who speaks behind a comma is not where it was; nor is whose embassy it is.
    ("en", "Rebels attacked a base in Gao, Bamako said on Monday.", "attacked", "Gao"),
    ("en", "Thousands demonstrated outside the US embassy in Manila on Monday.", "demonstrated", "Manila"),
    # What people leave because of a disaster is where it is, and where they left.
    ("en", "Dozens were moved out of several Thai towns on Monday because of shelling.", "shelling", "Thailand"),
    ("en", "Dozens were evacuated from three Turkish villages on Monday because of wildfires.", "wildfires",
     "Türkiye"),
    ("en", "The agency evacuated its last staff from Juba on Monday.", "evacuated", "Juba"),
    # Whose land a governor's order is for.
    ("en", "Governor Jane Doe of Texas declared a state of disaster on Monday.", "declared", "Texas"),
    ("en", "Two people died in clashes with police in Kenya's capital on Monday.", "clashes", "Nairobi"),
    # An island that a sentence begins with is where it was.
    ("de", "Auf Kuba gingen am Montag Tausende auf die Straße.", "gingen", "Cuba"),
    # A bus between two towns is neither in one nor in the other.
    ("de", "Im Zug von Köln nach Bonn griff ein Mann am Dienstag zwei Fahrgäste an.", "griff", None),
    ("de", "Ein Bus auf dem Weg von Lagos nach Abuja verunglückte am Montag.", "verunglückte", None),
    # … and a town on the road between two others is where on it something was.
    ("en", "Workers blocked the Dhaka-Mymensingh highway in Gazipur on Monday.", "blocked", "Gazipur"),
    # Who leaves a town leaves it, not the land of those who come.
    ("en", "The rebels withdrew on Monday in the face of an advance by militias from Iraq.", "withdrew", None),
    # The town before an event's noun is where it was, but a government that attacks is elsewhere.
    ("en", "A Bangkok protest turned violent on Saturday.", "protest", "Bangkok"),
    ("en", "Organisers of a London rally in support of the people of Aleppo thanked Canada.", "rally", "London"),
    ("en", "The Ankara bombing killed 100 people on Monday.", "bombing", "Ankara"),
    ("en", "The Manila summit ended on Friday.", "summit", "Manila"),
    ("de", "Bei der Kairoer Demonstration wurden am Samstag zwei Menschen verletzt.", "Demonstration", "Cairo"),
    ("de", "Der Wiener Terroranschlag kostete vier Menschen das Leben.", "Terroranschlag", "Vienna"),
    ("en", "A Moscow attack on a depot in Kharkiv killed two soldiers.", "attack", "Kharkiv"),
    # What is called after a place is not there: storms, groups, cartels, trains, people.
    ("en", "Hurricane Florence killed nine people in Blantyre on Monday.", "Hurricane", "Blantyre"),
    ("en", "Sinaloa cartel gunmen killed three people in Tijuana on Monday.", "killed", "Tijuana"),
    ("en", "Islamic State in Iraq and Syria fighters bombed a market in Quetta on Monday.", "bombed", "Quetta"),
    ("en", "A Goma-based group kidnapped three traders on Monday.", "kidnapped", None),
    ("en", "The Hyderabad-bound train derailed near Balasore on Monday.", "derailed", "Balasore"),
    ("en", "The Mumbai-Goa train was attacked by robbers on Monday.", "attacked", None),
    ("en", "Three people died of West Nile virus in Larissa on Monday.", "died", "Lárisa"),
    ("de", "Al-Kaida im Islamischen Maghreb griff am Dienstag eine Kaserne in Gao an.", "griff", "Gao"),
    ("de", "Der Wirbelsturm Bremen tötete am Montag in Kiel zwei Menschen.", "Wirbelsturm", "Kiel"),
    # Courts and police act where they have the power, if nothing finer is told.
    ("en", "London police arrested two men on Monday.", "arrested", "London"),
    ("en", "A Peruvian appeals court jailed the former president on Monday.", "jailed", "Peru"),
    ("en", "French police arrested two men in Brussels on Monday.", "arrested", "Brussels"),
    ("en", "Turkish police arrested two men on Monday.\n\nThe men had set fire to a hall in Izmir on Sunday.",
     "arrested", "Türkiye"),
    ("de", "Ein Berliner Gericht verurteilte am Montag einen Mann wegen Mordes.", "verurteilte", "Berlin"),
    # A dateline may hold a date, and bureaus; of two towns one is the newsroom's.
    ("de", "Kiel (dpa/lno) - Bei einem Brand in einem Wohnhaus sind zwei Menschen gestorben.", "Brand", "Kiel"),
    ("de", "Bern, 05.05.2026 (sda) - Bei einem Brand in einem Wohnhaus sind zwei Menschen gestorben.", "Brand", "Bern"),
    ("de", "Kiew, 5. Mai (APA) - Bei einem Drohnenangriff sind am Dienstag zwei Menschen getötet worden.",
     "Drohnenangriff", "Kyiv"),
    ("en", "Cairo, May 5 (EFE).- A train derailed on Tuesday, killing two people.", "derailed", "Cairo"),
    ("de", "Berlin/Kiew (dpa) - Bei einem Drohnenangriff sind am Dienstag zwei Menschen getötet worden.",
     "Drohnenangriff", None),
    # What is told of Gaza is somewhere in the Strip; a province of Mozambique is called so, too.
    ("en", "An Israeli strike killed nine people in Gaza on Sunday.", "strike", "Gaza Strip"),
    ("en", "Troops shelled a school in northern Gaza on Sunday, killing nine people.", "shelled", "Northern Gaza"),
    ("en", "A house collapsed in Gaza City on Sunday, killing nine people.", "collapsed", "Gaza"),
    ("en", "Floods killed nine people in Gaza province in Mozambique on Sunday.", "Floods", "Gaza"),
    ("de", "In Gaza sind am Sonntag neun Menschen bei einem Luftangriff getötet worden.", "Luftangriff", "Gaza Strip"),
    # A hospital with a capital is called after a land and is not in it.
    ("en", "Troops shelled a tent outside the Emirati Hospital on Sunday, killing two people.", "shelled", None),
    ("en", "Two people died in a fire at an Indonesian hospital on Sunday.", "fire", "Indonesia"),
    # What struck a part of a country did so in a relative clause, too; a dateline is no place of a story elsewhere.
    ("en", "JALALABAD, Afghanistan (AP) — The toll of a powerful earthquake that struck eastern Afghanistan on Sunday "
           "has passed 1,400.", "earthquake", "Eastern Afghanistan"),
    ("de", "Bogotá. Bei einem Angriff auf eine Kaserne in Guaviare sind sieben Soldaten getötet worden. Am Abend "
           "darauf wurde ein Konvoi der Armee mit Granaten beschossen.", "beschossen", "Guaviare"),
    # Who speaks in a second town does not put the event there.
    ("en", "Two people died of cholera in Kisumu, officials in Nairobi said on Monday.", "died", "Kisumu"),
    # The capital of the country that is told of.
    ("en", "A landslide killed nine people near Mwanza in Tanzania on Sunday. In the capital, police arrested a "
           "contractor.", "arrested", "Dodoma"),
    ("de", "In Mwanza in Tansania hat ein Erdrutsch am Sonntag neun Menschen getötet. In der Hauptstadt nahm die "
           "Polizei einen Bauunternehmer fest.", "nahm", "Dodoma"),
    ("en", "Students marched through the centre of the Latvian capital on Monday.", "marched", "Riga"),
    # Who decides sits elsewhere; who was hurt is treated elsewhere.
    ("de", "In Kutaisi hat ein Brand am Montag ein Kaufhaus zerstört. Drei Verletzte wurden in ein Krankenhaus in "
           "Batumi gebracht.", "Brand", "Kutaisi"),
    ("en", "A gas explosion tore through a bakery in Kutaisi on Monday. Police arrested the owner, who was flown to a "
           "hospital in Batumi.", "arrested", "Kutaisi"),
    # What is added with "and" has a place of its own.
    ("en", "Rebels stormed a prison in Bunia on Monday, and in Beni a bomb exploded at a market.", "stormed", "Bunia"),
    # What somebody leaves is not where something happens.
    ("en", "Gunmen killed four people in Bunia on Monday. Police arrested a man as he tried to leave the country.",
     "arrested", "Bunia"),
    # "there" stands for a country that acts in its own sentence.
    ("en", "Storms battered Malawi on Monday. Neighbouring Zambia has also been hit: a flood killed five people there.",
     "flood", "Zambia"),
    # Where a minister speaks is not the town that is told of.
    ("en", "A bus crashed outside Toledo on Monday, killing six people. The transport minister told reporters in "
           "Madrid that the cause was unknown. Police arrested the driver in the city on Tuesday.", "arrested",
     "Toledo"),
    # The story goes on where it was, in the next paragraph, too.
    ("de", "Bei einem Überfall auf einen Juwelier in Bregenz ist am Montag ein Mann verletzt worden.\n\n"
           "Die Täter schossen auf einen Wachmann.", "schossen", "Bregenz"),
    ("en", "Thousands protested in Riga on Monday, as smaller rallies took place in Daugavpils.\n\n"
           "Officers fired tear gas at protesters who hurled stones.", "fired", "Riga"),
    # Places that are told by a row, by an attack's object, by a report.
    ("en", "A convoy of soldiers was ambushed between Gao and Ansongo on Friday.", "ambushed", "Gao"),
    ("en", "Gunmen attacked the lakeside village of Minova on Sunday, killing ten civilians.", "attacked", "Minova"),
    ("de", "Aus Sumy wurden am Montag Explosionen gemeldet, zwei Menschen wurden verletzt.", "Explosionen", "Sumy"),
    ("de", "Beim Angriff auf einen sudanesischen Hafen wurden am Montag zehn Soldaten getötet.", "Angriff", "Sudan"),
    ("en", "A fire destroyed 14 houses on Sunday in western Victoria, about 250km west of Melbourne.", "fire",
     "Western Victoria"),
    # Who tells of it there; the capital beside its name.
    ("en", "Police in Plovdiv said 14 people were injured on Sunday when two trams collided.", "collided", "Plovdiv"),
    ("en", "In the capital, Abuja, students marched on Monday.", "marched", "Abuja"),
    # Where something is felt, treated, left or held all over the country.
    ("en", "A strong earthquake struck Arequipa in Peru on Sunday. The quake was felt as far away as Lima.",
     "earthquake", "Arequipa"),
    ("de", "In Lettland riefen die Gewerkschaften am Montag zu Protesten auf. In Daugavpils brannten Reifen. Am "
           "Freitag begann ein landesweiter Streik.", "Streik", "Latvia"),
    ("en", "A cargo plane crashed on Sunday shortly after take-off from Entebbe, killing six people.", "crashed",
     "Entebbe"),
    # Who somebody is, what a company is called, what is only described, and what something is the third of.
    ("en", "A man who lived in Coventry was stabbed outside a nightclub in Nottingham on Saturday.", "stabbed",
     "Nottingham"),
    ("de", "Ein in Gera lebender Mann ist am Samstag in Jena niedergestochen worden.", "niedergestochen", "Jena"),
    ("en", "The Lausanne-based company said a fire had broken out at its plant in Visp on Monday.", "fire", "Visp"),
    ("en", "A bomb exploded in Beira on Monday, the third in Mozambique this month, killing two.", "bomb", "Beira"),
    # "where" takes up the places before it; a town near a road is nearer than its ends.
    ("en", "The unrest spread from Riga to Jelgava and Tukums, where police arrested 20 people on Monday.", "arrested",
     "Jelgava"),
    ("en", "Two buses collided on Monday on the road between Mbarara and Fort Portal, near the town of Kasese, killing "
           "nine people.", "collided", "Kasese"),
    ("en", "A ferry left Sfax on Sunday and sank off Monastir, killing nine people.", "sank", "Monastir"),
    # A town is finer than the part of the country that it is told in.
    ("de", "Im Osten des Sudan griff am Sonntag eine Drohne den Flughafen von Port Sudan an.", "griff", "Port Sudan"),
    # "the site" and "the enclave" stand for what is told of.
    ("en", "A cargo plane crashed in Entebbe on Sunday, killing six people. The president met relatives at the site on "
           "Monday.", "met", "Entebbe"),
    ("de", "In Ceuta sind am Montag 400 Menschen angekommen. In der Enklave wurden am Abend zwei Männer "
           "erschossen.", "erschossen", "Ceuta"),
    # What comes in another town is not the same.
    ("de", "Bei Protesten in Lettland wurden am Montag 30 Menschen verletzt. Auch in Daugavpils kam es zu "
           "Zusammenstößen.", "Protesten", "Latvia"),
    # Small places that the news names often are no words.
    ("en", "Gunmen kidnapped 20 women near Chibok on Sunday.", "kidnapped", "Chibok"),
    # A part of the country that has a name is not where the reporter sits.
    ("en", "Nairobi, May 5 - A dam burst in Kenya's Mwoko Ridge on Monday, killing 12 people.", "burst", "Kenya"),
    # What a parliament does without a place is done in the country told of; what the world's bodies do isn't.
    ("en", "Togo is on edge. Parliament voted on Monday to extend the president's term.", "voted", "Togo"),
    ("de", "Bolivien steckt in der Krise. Das Parlament stimmte am Montag für den Ausnahmezustand.", "stimmte",
     "Bolivia"),
    ("en", "Togo is on edge. The U.N. Security Council voted on Tuesday to send observers.", "voted", None),
    # The capital may only tell where a smaller town lies, and have an airport.
    ("en", "Fuel is short in Mali. In Kati, 15km northwest of the capital, gunmen attacked a barracks on Sunday.",
     "attacked", "Kati"),
    ("de", "In Tansania kam es zu Unruhen. In Kibaha westlich der Hauptstadt erschoss die Polizei am Montag zwei "
           "Demonstranten.", "erschoss", "Kibaha"),
    ("en", "Rebels took Kismayo in Somalia on Monday. A helicopter crashed at the capital's airport on Tuesday.",
     "crashed", "Mogadishu"),
    # Who is called after a place acts elsewhere.
    ("en", "The Gulf Cartel attacked a police station in Chiapas on Monday, killing four.", "attacked", "Chiapas"),
    ("en", "The Kachin Independence Army seized Bhamo on Tuesday.", "seized", "Bhamo"),
    # Shoals and islands are landmarks, too.
    ("en", "TOKYO (AP) - A fishing boat sank near the Senkaku Islands on Tuesday, killing three.", "sank",
     "Senkaku Islands"),
    # A part of the town that is named behind it, whatever else in the world is called so.
    ("en", "Two guards were shot dead in the Tres Ríos district of Culiacán on Sunday.", "shot", "Tres Ríos"),
    # Where something is asked for is not where it is.
    ("de", "Die Miliz belagert El Fascher. Am Donnerstag hatte der Sicherheitsrat in New York ein Ende der Belagerung "
           "gefordert.", "belagert", "El Fasher"),
    # A name in the dative is whole.
    ("de", "In Goris schoss ein Mann am Montag auf zwei Nachbarn.", "schoss", "Goris"),
    # What a state does with its prisoners, borders and ambassadors, it does at home.
    ("de", "Georgien hat am Sonntag vier Gefangene freigelassen.", "freigelassen", "Georgia"),
    ("en", "The Peruvian foreign ministry summoned the Chilean ambassador on Tuesday.", "summoned", "Peru"),
    ("en", "Burundi withdrew its last soldiers on Tuesday.", "withdrew", None),
    # What people leave, but not where helpers are from.
    ("en", "Russia has sponsored the evacuation of civilians and rebels from Aleppo on Monday and also discussed the "
           "prospect of talks in Astana.", "evacuation", "Aleppo"),
    ("de", "Rund 3000 Menschen flohen am Montag aus Goma.", "flohen", "Goma"),
    ("de", "Familien aus dem Sudan überquerten am Dienstag die Grenze.", "überquerten", None),
    # Who studies a quake sits elsewhere, and the man who is named in full once is no town later.
    ("de", "Ein Erdbeben hat am Montag die Stadt Bam erschüttert. Das Beben hatte nach Angaben des "
           "Geoforschungszentrums in Potsdam die Stärke 6,1.", "Erdbeben", "Bam"),
    ("en", "Police in Kraków arrested Zdzisław Olesno on Monday. Olesno had stabbed two men, prosecutors said.",
     "stabbed", "Kraków"),
    ("en", "A policeman shot Russia's ambassador on Monday.", "shot", None),
    # What a noun did is told of it, and a landmark is finer than the country.
    ("en", "A quake rocked Sulawesi on Friday, triggering a tsunami that swept into the city of Palu.", "tsunami",
     "Palu"),
    ("en", "JOHANNESBURG – Five miners were shot near Carletonville, west of Johannesburg, on Monday.", "shot",
     "Carletonville"),
    # Who lives through something is where it is.
    ("en", "A bomb killed nine soldiers in Kayseri on Saturday. Turkey has suffered a series of bombings this year.",
     "bombings", "Türkiye"),
    ("de", "In Cusco wurde am Montag ein Mann getötet. Peru erlebt seit Wochen heftige Proteste.", "Proteste", "Peru"),
    # An agency may stand before the dateline.
    ("de", "dpa Graz. Ein Mann hat am Montag einen Juwelier überfallen.", "überfallen", "Graz"),
    ("de", "dpa Quito. Nach dem Erdbeben in Ecuador sind bereits 350 Tote geborgen worden.", "Erdbeben", "Ecuador"),
]


@pytest.mark.parametrize(("lang", "text", "trigger", "place"), CASES)
def test_a_reader_puts_it_there(lang: str, text: str, trigger: str, place: str | None,
                                gazetteer: Gazetteer) -> None:
    found = told_by(text, trigger, lang, gazetteer)
    assert [report.place.name if report.place else None for report in found][:1] == [place]


@pytest.mark.parametrize(("lang", "text", "trigger"), [
    ("en", "A dam burst near Mai Mahiu on Monday, killing 12 people.", "burst"),
    ("en", "In Kassala, residents looted a depot on Monday. Chad signed a treaty on Tuesday.", "signed"),
    ("en", "Flames destroyed a school in Lusaka on Sunday. In the neighbouring country, gunmen killed two farmers.",
     "killed"),
    ("en", "The government in Lusaka sent 300 soldiers on Sunday.", "sent"),
    ("de", "Die Regierung in Lusaka schickte am Sonntag 300 Soldaten.", "schickte"),
])
def test_nobody_knows_where(lang: str, text: str, trigger: str, gazetteer: Gazetteer) -> None:
    assert all(report.place is None for report in told_by(text, trigger, lang, gazetteer))


@pytest.mark.parametrize(("lang", "text", "trigger", "places"), [
    ("en", "Rioters burned cars in Oruro and Potosí on Friday. Police imposed a curfew in both cities on Saturday.",
     "imposed", ["Oruro", "Potosí"]),
    ("de", "In Graz und Linz kam es am Freitag zu Bränden. In beiden Städten wurden am Samstag drei Männer "
           "festgenommen.", "festgenommen", ["Graz", "Linz"]),
    ("de", "In Köln (10.00 Uhr), Dortmund (10.30 Uhr) und Essen (11.00 Uhr) wurde am Montag demonstriert.",
     "demonstriert", ["Köln", "Dortmund", "Essen"]),
])
def test_both_towns(lang: str, text: str, trigger: str, places: list[str], gazetteer: Gazetteer) -> None:
    assert [report.place.name for report in told_by(text, trigger, lang, gazetteer) if report.place] == places


def test_the_damage_in_one_town_is_not_where_all_of_it_happened(gazetteer: Gazetteer) -> None:
    text = ("Die Luftwaffe hat am Mittwoch Ziele in Pakistan bombardiert. Mindestens 31 Menschen wurden getötet.\n\n"
            "In Muzaffarabad wurde eine Moschee zerstört.")
    found = told_by(text, "bombardiert", "de", gazetteer)
    assert [report.place.name for report in found if report.place] == ["Pakistan"]


@pytest.mark.parametrize(("lang", "text", "towns"), [
    ("en", "A bus overturned on the highway from Lagos to Ibadan on Monday, killing nine.", {"Lagos", "Ibadan"}),
    ("en", "Gunmen attacked a convoy on the Maiduguri-Damaturu road on Sunday.", {"Maiduguri", "Damaturu"}),
    ("en", "Gunmen attacked a convoy along the Bamako–Ségou highway on Sunday.", {"Bamako", "Ségou"}),
    ("en", "A van hit a landmine on the road connecting Djibo with Ouahigouya on Sunday.", {"Djibo", "Ouahigouya"}),
    ("de", "Auf der Straße von Kidal nach Gao wurde am Sonntag ein Konvoi überfallen.", {"Kidal", "Gao"}),
    ("de", "Auf der Bahnstrecke Hamburg–Berlin ist am Montag ein Güterzug entgleist.", {"Hamburg", "Berlin"}),
])
def test_what_happens_on_a_road_is_between_its_two_ends(
    lang: str, text: str, towns: set[str], gazetteer: Gazetteer
) -> None:
    found = annotate(Article("a", text, lang=lang, published=Publication(TODAY, TODAY, "given")), gazetteer)
    assert {report.place.name for report in found.reports if report.place is not None} == towns
    assert len({report.group for report in found.reports}) == 1


@pytest.mark.parametrize(("lang", "text", "place"), [
    ("de", "Bei einem Busunglück im Süden Perus sind 37 Menschen ums Leben gekommen.\n\nDas Fahrzeug stürzte nach "
           "Polizeiangaben bei Ocoña in eine Schlucht.", "Ocoña"),
    ("en", "A coach crash in southern Peru has killed 37 people.\n\nThe coach plunged into a ravine near Ocoña.",
     "Ocoña"),
])
def test_what_the_next_sentence_tells_in_full_is_one_event(
    lang: str, text: str, place: str, gazetteer: Gazetteer
) -> None:
    found = annotate(Article("a", text, lang=lang, published=Publication(TODAY, TODAY, "given")), gazetteer).reports
    assert [(report.type, report.place.name if report.place else "") for report in found] == [("accident", place)]
