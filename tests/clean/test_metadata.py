"""Title, day of publication and address, wherever a format carries them."""

# ruff: noqa: E501 - one text a line
from __future__ import annotations

from datetime import date

import pytest

from pipeline.clean.assemble import find_date
from pipeline.clean.linked_data import linked_data
from pipeline.errors import InputError
from pipeline.records import MediaType
from tests.clean.readings import PROSE, segmented

DAY = date(2024, 5, 3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By Jo Brown | May 3, 2024", DAY),
        ("Posted on 3rd May 2024", DAY),
        ("2024-05-03T10:00:00+02:00", DAY),
        ("Sept. 9, 2021", date(2021, 9, 9)),
        ("31 February 2024, then 1 March 2024", date(2024, 3, 1)),
        ("99 Smarch 2024", None),
        ("0000-05-03", None),
        ("", None),
    ],
)
def test_days_written_out(text: str, found: date | None) -> None:
    assert find_date(text) == found


HTML = "<html><head>{head}</head><body><article><h1>The Pact</h1>{byline}<p>{prose}</p></article></body></html>"


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ('<meta property="article:published_time" content="2024-05-03T08:00:00Z">', ""),
        ("<meta itemprop='datePublished' content='2024-05-03'>", ""),
        ('<script type="application/ld+json">{"@type": "Article", "datePublished" : "2024-05-03"}</script>', ""),
        ("", '<p class="byline">By Jo Brown · May 3, 2024</p>'),
    ],
)
def test_day_of_publication_of_a_page(head: str, byline: str) -> None:
    assert segmented(HTML.format(head=head, byline=byline, prose=PROSE), "text/html").article.published == DAY


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        (f"The Harbour Pact\n\nPublished: May 3, 2024\n\n{PROSE}", "text/plain"),
        (f"The Harbour Pact\nBy Jo Brown · 3 May 2024 · 5 min read\n\n{PROSE}", "text/plain"),
        (f"---\ntitle: The Harbour Pact\ndate: 2024-05-03\n---\n\n{PROSE}", "text/markdown"),
    ],
)
def test_day_of_publication_of_a_text(text: str, media_type: MediaType) -> None:
    one = segmented(text, media_type)
    assert (one.article.published, one.article.title) == (DAY, "The Harbour Pact")
    assert one.article.text.startswith(("The Harbour Pact", PROSE))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>The Harbour Pact | Port News</title>", "The Harbour Pact"),
        ("<title>Ports &amp; pacts – Port News</title>", "Ports & pacts"),
        ('<meta property="og:title" content="The Pact"><title>Other</title>', "The Pact"),
        ('<script type="application/ld+json">{"headline": "The \\"Pact\\""}</script>', 'The "Pact"'),
    ],
)
def test_title_of_a_page_without_heading(head: str, title: str) -> None:
    one = segmented(f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>", "text/html")
    assert one.article.title == title


def test_address_of_a_page() -> None:
    head = '<meta property="og:url" content="https://e.example/x"><link rel="canonical" href="https://e.example/y?a=1&amp;b">'
    assert (
        segmented(HTML.format(head=head, byline="", prose=PROSE), "text/html").article.url
        == "https://e.example/y?a=1&b"
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ('{"@type": "NewsArticle", "headline": "A", "datePublished": "2024-05-03", "url": "https://e.example/a", "publisher": {"@type": "Organization", "url": "https://e.example"}}', {"title": "A", "published": "2024-05-03", "url": "https://e.example/a"}),
        ('{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "url": "https://e.example"}, {"@type": ["BlogPosting"], "mainEntityOfPage": {"@id": "https://e.example/b"}}]}', {"url": "https://e.example/b"}),
        ('[{"@type": "Person", "url": "https://e.example/jo"}, {"@type": "Article", "mainEntityOfPage": "https://e.example/c", "headline": "1 < 2"}]', {"title": "1 < 2", "url": "https://e.example/c"}),
        ('{"@type": "Organization", "url": "https://e.example"}', {}),
        ('{"@type": "Article", "headline": "Torn", "datePublished": "2024-05-03", }', {"title": "Torn", "published": "2024-05-03"}),
        ("[" * 100_000, {}),
        ('{"@type": "Article", "url": ["https://e.example/d"], "headline": 7}', {}),
    ],
)  # fmt: skip
def test_linked_data(data: str, found: dict[str, str]) -> None:
    source = f'<script type="application/ld+json">{data}</script>'
    assert linked_data(source) == found
    page = f"<html><head>{source}</head><body><h1>A</h1><p>{PROSE}</p></body></html>"
    assert segmented(page, "text/html").article.url == found.get("url")


LANGUAGES = {
    "de": "Die beiden Staaten der Region unterzeichneten den Vertrag nach langen Gesprächen in der Hafenstadt. Er trat ein Jahr später in Kraft und regelt den Handel, die Fischerei und den Schutz der Küste.",
    "fr": "Les deux États de la région ont signé le traité dans la ville portuaire après de longues discussions. Il est entré en vigueur un an plus tard et règle le commerce, la pêche et la protection de la côte.",
    "es": "Los dos Estados de la región firmaron el tratado en la ciudad portuaria tras largas conversaciones. Entró en vigor un año después y regula el comercio, la pesca y la protección de la costa.",
    "it": "I due Stati della regione hanno firmato il trattato nella città portuale dopo lunghi colloqui. È entrato in vigore un anno dopo e regola il commercio, la pesca e la protezione della costa.",
    "pt": "Os dois Estados da região assinaram o tratado na cidade portuária depois de longas conversações. Entrou em vigor um ano mais tarde e regula o comércio, a pesca e a proteção da costa.",
    "nl": "De twee staten van de regio ondertekenden het verdrag in de havenstad na lange gesprekken. Het trad een jaar later in werking en regelt de handel, de visserij en de bescherming van de kust.",
    "sv": "De två staterna i regionen undertecknade fördraget i hamnstaden efter långa samtal. Det trädde i kraft ett år senare och reglerar handeln, fisket och skyddet av kusten.",
    "pl": "Dwa państwa regionu podpisały traktat w mieście portowym po długich rozmowach. Wszedł on w życie rok później i reguluje handel, rybołówstwo oraz ochronę wybrzeża.",
    "cs": "Oba státy regionu podepsaly smlouvu v přístavním městě po dlouhých jednáních. Vstoupila v platnost o rok později a upravuje obchod, rybolov a ochranu pobřeží.",
    "ru": "Два государства региона подписали договор в портовом городе после долгих переговоров. Он вступил в силу через год и регулирует торговлю, рыболовство и охрану побережья.",
    "uk": "Дві держави регіону підписали договір у портовому місті після довгих переговорів. Він набув чинності через рік і регулює торгівлю, рибальство та охорону узбережжя.",
    "tr": "Bölgenin iki devleti uzun görüşmelerden sonra liman kentinde antlaşmayı imzaladı. Antlaşma bir yıl sonra yürürlüğe girdi ve ticareti, balıkçılığı ve kıyının korunmasını düzenliyor.",
    "ar": "وقعت دولتا المنطقة المعاهدة في المدينة الساحلية بعد محادثات طويلة. ودخلت حيز التنفيذ بعد عام وهي تنظم التجارة وصيد الأسماك وحماية الساحل.",
    "zh": "该地区的两个国家经过长时间的谈判，在港口城市签署了条约。条约一年后生效，规定了贸易、渔业和海岸保护。",
    "ja": "この地域の二つの国は、長い交渉の末に港町で条約に署名した。条約は一年後に発効し、貿易、漁業、海岸の保護を定めている。",
    "ko": "이 지역의 두 국가는 오랜 협상 끝에 항구 도시에서 조약에 서명했다. 조약은 일 년 뒤에 발효되었으며 무역과 어업과 해안 보호를 규정한다.",
    "id": "Kedua negara di kawasan itu menandatangani perjanjian di kota pelabuhan setelah perundingan panjang. Perjanjian itu mulai berlaku setahun kemudian dan mengatur perdagangan, perikanan, dan perlindungan pantai.",
    "fi": "Alueen kaksi valtiota allekirjoittivat sopimuksen satamakaupungissa pitkien neuvottelujen jälkeen. Se tuli voimaan vuotta myöhemmin ja säätelee kauppaa, kalastusta ja rannikon suojelua.",
    "el": "Τα δύο κράτη της περιοχής υπέγραψαν τη συνθήκη στην πόλη του λιμανιού έπειτα από μακρές συνομιλίες. Τέθηκε σε ισχύ έναν χρόνο αργότερα και ρυθμίζει το εμπόριο, την αλιεία και την προστασία της ακτής.",
    "hu": "A térség két állama hosszú tárgyalások után írta alá a szerződést a kikötővárosban. Egy évvel később lépett hatályba, és szabályozza a kereskedelmet, a halászatot és a part védelmét.",
}
ENGLISH = "The two states signed the pact in the harbour town after long talks, and it entered into force a year later."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("times", [1, 12])
def test_other_languages_are_refused_by_name(language: str, times: int) -> None:
    with pytest.raises(InputError, match=f"reads as {language}") as error:
        segmented("\n\n".join([LANGUAGES[language]] * times))
    assert (error.value.code, error.value.stage) == ("language", "clean")


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "fi", "hu"])
def test_what_most_of_an_article_is_decides(language: str) -> None:
    other = LANGUAGES[language]
    with pytest.raises(InputError, match=f"reads as {language}"):
        segmented("\n\n".join([*[ENGLISH] * 5, *[other] * 12]))
    assert segmented("\n\n".join([*[ENGLISH] * 18, *[other] * 5])).article.language == "en"
    assert segmented("\n\n".join([*[other] * 5, *[ENGLISH] * 18])).article.language == "en"


def test_english_with_foreign_names_is_english() -> None:
    text = (
        "The Organisation internationale de la Francophonie and the Bundesamt für Verfassungsschutz met the Guardia "
        "Civil in Málaga. The Österreichische Nationalbank paid for the talks, and the Région Bretagne sent a report."
    )
    assert segmented(text).article.language == "en"


def test_english_about_foreign_bodies_is_english() -> None:
    names = [
        "Sparkassenverband Bayern", "Conseil supérieur de la magistrature", "Ministerstwo Spraw Zagranicznych",
        "Consejo Nacional Electoral", "Dışişleri Bakanlığı", "Ufficio Centrale Italiano", "Rijksdienst voor het Wegverkeer",
    ]  # fmt: skip
    text = "\n\n".join(
        f"The {one} and the {other} met in May to sign it." for one in names for other in names if one != other
    )
    assert segmented(text).article.language == "en"
