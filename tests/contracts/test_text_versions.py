"""Versions of a text: four eyes, what is compared, and the pages of the bureau."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import TextVersion
from contracts.texts import text_for, writing
from contracts.texts.comparing import compare
from membership.models import Person
from nvsi.errors import NotAllowed, Stale

LATER = datetime.timedelta(days=30)


def first() -> TextVersion:
    return TextVersion.objects.get(kind="verwerkers", number=1)


def publish(text: TextVersion, *, by: Person, seen: str = "") -> TextVersion:
    today = timezone.localdate()
    return writing.publish(
        text,
        used_from=today + LATER,
        seen=seen or writing.fingerprint(text),
        now=timezone.now(),
        today=today,
        by=by,
    )


def test_a_text_is_published_by_a_colleague_and_used_from_its_day(
    bureau: Person, bestuur: Person, lezer: Person
) -> None:
    draft = writing.start(first(), note="Een andere termijn.", by=bureau)
    assert (draft.number, draft.body) == (2, first().body)
    with pytest.raises(NotAllowed, match="al een concept"):
        writing.start(first(), note="Nog een.", by=bestuur)
    with pytest.raises(NotAllowed, match="Een collega stelt vast"):
        publish(draft, by=bureau)
    with pytest.raises(NotAllowed, match="van het bureau"):
        publish(draft, by=lezer)
    with pytest.raises(Stale):
        publish(draft, by=bestuur, seen="iets anders")
    published = publish(draft, by=bestuur)
    today = timezone.localdate()
    assert text_for("verwerkers", None, today) == first()
    assert text_for("verwerkers", None, today + LATER) == published
    with pytest.raises(NotAllowed, match="al vastgesteld"):
        publish(draft, by=bestuur)


def test_a_text_that_lacks_something_or_begins_in_the_past_is_not_published(
    bureau: Person, bestuur: Person
) -> None:
    draft = writing.start(first(), note="x", by=bureau)
    draft.body = draft.body.replace("@regelt geheimhouding", "")
    draft.save()
    with pytest.raises(NotAllowed, match="geheimhouding door iedereen"):
        publish(draft, by=bestuur)
    draft.body = first().body
    draft.save()
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="of een latere dag") as refusal:
        writing.publish(
            draft,
            used_from=today - datetime.timedelta(days=1),
            seen=writing.fingerprint(draft),
            now=timezone.now(),
            today=today,
            by=bestuur,
        )
    assert refusal.value.field == "used_from"


def test_two_versions_are_compared_article_by_article_and_word_by_word() -> None:
    old = "# A\n### Een #een\nBlijft.\n1. Binnen 24 uur.\n### Weg #weg\nx\n"
    new = (
        "# A\n### Nieuw #nieuw\ny\n### Eerste #een\n@regelt duur\nBlijft.\n"
        "1. Binnen 12 uur.\n"
    )
    fresh, changed, gone = compare(old, new)
    assert (fresh.heading, fresh.state) == ("Artikel 1. Nieuw", "new")
    assert (gone.heading, gone.state) == ("Artikel 2. Weg", "gone")
    assert (changed.heading, changed.state) == ("Artikel 2. Eerste", "changed")
    settles, same, words = changed.lines
    assert [(one.op, one.words) for one in settles] == [("new", "Regelt: duur")]
    assert [one.op for one in same] == ["same"]
    assert [(one.op, one.words) for one in words] == [
        ("same", "Binnen "),
        ("gone", "24 "),
        ("new", "12 "),
        ("same", "uur."),
    ]
    assert [one.state for one in compare(old, old)] == ["same", "same"]


def test_the_bureau_writes_looks_and_is_told_what_lacks(
    client: Client, bureau: Person
) -> None:
    client.force_login(bureau)
    add = reverse("admin:contracts_textversion_add")
    client.post(add, {"kind": "gebruiks", "note": "Eigen.", "body": "# A {partij"})
    [draft] = TextVersion.objects.filter(published_at=None)
    assert (draft.number, draft.written_by) == (2, bureau)
    page = client.get(reverse("admin:contracts_textversion_change", args=[draft.pk]))
    assert "Er is niet geregeld: het product" in page.content.decode()
    draft.body = "# A\n{verwerkersovereenkomst} {onbekend}"
    draft.save()
    preview = reverse("admin:contracts_textversion_preview", args=[draft.pk])
    said = client.get(preview, follow=True).content.decode()
    assert "Vul eerst in: niet bekend ({onbekend})" in said
    draft.body = "# A\n{partij}\n@bijlage verwerkingen"
    draft.save()
    assert client.get(preview).content.startswith(b"%PDF-")
    asked = reverse("admin:contracts_textversion_publish", args=[draft.pk])
    said = client.get(asked, follow=True).content.decode()
    assert "De tekst is niet compleet." in said


def test_who_wrote_a_text_reads_that_a_colleague_publishes_it(
    client: Client, bureau: Person, bestuur: Person
) -> None:
    draft = writing.start(first(), note="Duidelijker.", by=bureau)
    page = reverse("admin:contracts_textversion_change", args=[draft.pk])
    button = f'href="{reverse("admin:contracts_textversion_publish", args=[draft.pk])}"'
    why = "u wijzigde deze tekst als laatste. Een collega stelt haar vast."
    client.force_login(bureau)
    own = client.get(page).content.decode()
    client.force_login(bestuur)
    of_another = client.get(page).content.decode()
    assert (button in own, why in own) == (False, True)
    assert (button in of_another, why in of_another) == (True, False)


def test_a_published_text_is_only_looked_at(client: Client, bureau: Person) -> None:
    client.force_login(bureau)
    url = reverse("admin:contracts_textversion_change", args=[first().pk])
    client.post(url, {"note": "anders", "body": "# Anders"})
    assert first().body.startswith("# Verwerkersovereenkomst")
    assert "Zo schrijft u een tekst" not in client.get(url).content.decode()
