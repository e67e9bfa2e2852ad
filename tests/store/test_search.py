"""Search: any form of a word finds all its forms, and nothing that a user types breaks it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerec_desktop.core.model import Meeting, Segment, Speaker, Track, TrackKind
from voicerec_desktop.store import search_index
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.search import highlights, parse_query


@pytest.fixture
def found(library, add_meeting):
    """The texts that a query finds among some, each with what is highlighted in it."""

    def find(query: str, *texts: str) -> dict[str, list[str]]:
        add_meeting(library, "m", *texts)
        return {
            hit.text: [hit.text[a:b] for a, b in hit.highlights] for hit in library.search(query)
        }

    return find


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("бюджета", "Бюджет утвердили", ["Бюджет"]),
        ("бюджет", "о новых БЮДЖЕТАХ", ["БЮДЖЕТАХ"]),
        ("отчетность", "вся отчётность готова", ["отчётность"]),
        ("отчётности", "сдали отчетность", ["отчетность"]),
        ("счета", "выставили счёт", ["счёт"]),
        ("счёт", "оплатили все счета", ["счета"]),
        ("ещё", "Еще раз", ["Еще"]),
        ("meetings", "the Meeting is over", ["Meeting"]),
        ("договор срок", "Сроки по договорам", ["Сроки", "договорам"]),
        ("бюдж", "Бюджет, бюджеты", ["Бюджет", "бюджеты"]),  # while it is typed
        ("план бюд", "планы бюджета", ["планы", "бюджета"]),
        ('"план проекта"', "планы проекта и план", ["планы", "проекта"]),
        ("«план проекта»", "планы проекта и план", ["планы", "проекта"]),
        ("вики-страница", "на вики-странице", ["вики", "странице"]),
        ("3д", "модель 3Д-печати", ["3Д"]),
        ("foo_bar", "переменная foo_bar", ["foo", "bar"]),
        ("замок", "старый за́мок", ["за́мок"]),  # a stress mark
        (unicodedata.normalize("NFD", "чай"), "крепкий чай", ["чай"]),
        ("resume", "ein Résumé", ["Résumé"]),
        ("чай", unicodedata.normalize("NFD", "крепкий чай"), [unicodedata.normalize("NFD", "чай")]),
        ("😀 бюджет 😀", "бюджет 😀", ["бюджет"]),
    ],
)
def test_a_query_finds_and_marks(found, query, text, marked):
    assert found(query, text, "Совсем о другом говорили.") == {text: marked}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("бюджет срок", "бюджет без второго слова"),  # all words are wanted
        ('"проекта план"', "план проекта"),  # in this order
        ('"план проекта"', "план этого проекта"),  # in a row
        ('"бюдж"', "бюджет"),  # quoted: nothing goes on
        ("в", "встреча"),  # one letter is a word, not a beginning
        ("юджет", "бюджет"),
    ],
)
def test_a_query_does_not_find(found, query, text):
    assert found(query, text) == {}


@pytest.mark.parametrize(
    "query", ["", "   ", '"', '""', "*", "-", "()", "?!…", "😀", "_", "\x00", "«»"]
)
def test_a_query_without_a_word_finds_nothing(found, query):
    assert found(query, "бюджет", "😀 ?!…") == {}


@pytest.mark.parametrize(
    "query",
    [
        'бюджет"',
        '"бюджет',
        "бюджет*",
        "*бюджет",
        "(бюджет",
        "-бюджет",
        "stems:бюджет",
        "^бюджет",
        "{бюджет}",
        "бюджет; DROP TABLE meeting; --",
        "NEAR(бюджет)",
        "бюджет AND",
        "NOT бюджет",
        "бюджет OR",
        "\udcffбюджет",
    ],
)
def test_what_means_something_to_the_database_means_nothing_in_a_query(found, query):
    """All of it is words: a text that holds them all is found, none that lacks one."""
    words = query.translate(dict.fromkeys(map(ord, '"*()-:^{};\udcff'), " ")).split()
    whole = f"до {' '.join(words)} после"
    lacking = " ".join(words[:-1])
    assert list(found(query, whole, lacking)) == [whole]


@pytest.mark.parametrize("page", ["бюджет проекта " * 700, '"бюджет" проекта ' * 700])
def test_a_pasted_page_is_a_query_too(found, page):
    assert found(page, "бюджет всего проекта", "бюджет") == {
        "бюджет всего проекта": ["бюджет", "проекта"]
    }


def test_a_pasted_page_in_quotes_is_a_query_too(found):
    assert found(f'"{"бюджет проекта " * 700}"', "бюджет проекта") == {}


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from('abя ёй"«»*()-:^.\u0301\u0306_😀0\x00'), max_size=30))
def test_whatever_is_typed_is_answered(shared, query):
    for hit in shared.search(query):
        assert hit.highlights


@given(st.text(max_size=60), st.text(max_size=20))
def test_highlights_are_ranges_in_order_inside_of_the_text(text, query):
    end = 0
    for a, b in highlights(text, parse_query(query + " " + text[:5])):
        assert end <= a < b <= len(text)
        end = b


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    with Library(folder / "library.db", folder / "backups") as library:
        library.add_meeting(Meeting("m", "t", "2026"), [])
        texts = ("ab a b", "яёй я ё й", "ая0 b", "0 ab я")
        said = [Segment(f"s{i}", i, i + 1, text) for i, text in enumerate(texts)]
        library.replace_segments("m", [], said, [])
        yield library


def test_a_hit_tells_where_it_is(library):
    track = Track("t", "m", TrackKind.FILE, "/a")
    library.add_meeting(Meeting("m", "Планёрка", "2026-03-02T09:30:00+00:00"), [track])
    library.replace_segments(
        "m",
        [Speaker("a", 1, "Анна"), Speaker("b", 2)],
        [
            Segment("s1", 12.5, 14.0, "бюджет раз", (), "a", "t"),
            Segment("s2", 15.0, 16.0, "бюджет два", (), "b", "t"),
            Segment("s3", 17.0, 18.0, "бюджет три", (), None, "t"),
        ],
        [],
    )
    hits = {hit.segment_id: hit for hit in library.search("бюджет")}
    one = hits["s1"]
    assert (one.meeting_id, one.meeting_title) == ("m", "Планёрка")
    assert one.meeting_started_at == "2026-03-02T09:30:00+00:00"
    assert (one.start, one.end, one.text) == (12.5, 14.0, "бюджет раз")
    who = {key: (hit.speaker_id, hit.speaker_number, hit.speaker_name) for key, hit in hits.items()}
    assert who == {"s1": ("a", 1, "Анна"), "s2": ("b", 2, None), "s3": (None, None, None)}


def test_the_best_comes_first(found):
    texts = (
        "счётчик показал что-то совсем другое, но с него всё и началось в прошлом году",
        "был один счёт среди множества всяких других бумаг, которые мы разбирали до ночи",
        "счёт, счета, счёту",
    )
    assert list(found("счёт", *texts)) == [texts[2], texts[1], texts[0]]


def test_the_newest_of_very_many_are_ranked(library, add_meeting, monkeypatch):
    monkeypatch.setattr(search_index, "CANDIDATES", 3)
    add_meeting(library, "m", *(f"бюджет {i}" for i in range(5)))
    assert {hit.text for hit in library.search("бюджет")} == {f"бюджет {i}" for i in (2, 3, 4)}
    assert len(library.search("бюджет", limit=2)) == 2


def test_search_follows_the_transcript(library, add_meeting):
    add_meeting(library, "m", "бюджет")
    add_meeting(library, "n", "бюджет")
    old = library.transcript("m").segments[0]
    library.replace_segments("m", [], [Segment(old.id, 0.0, 1.0, "смета")], [])
    assert [hit.meeting_id for hit in library.search("бюджет")] == ["n"]
    assert [hit.meeting_id for hit in library.search("смета")] == ["m"]
    library.delete_meeting("n")
    assert library.search("бюджет") == []
