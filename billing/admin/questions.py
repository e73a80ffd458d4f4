"""Questions of gemeenten to the bureau: what waits longest stands first."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.template.loader import render_to_string

from billing.admin.finding import NumberedAdmin, by_halfyear
from billing.asking import questions
from billing.asking.forms import TextForm
from billing.models import Line, Question
from membership.admin.recorded import FrozenAdmin
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.models import Person
from nvsi.admin.columns import NOTHING, link
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section

# What waits for the bureau, then what waits for the other, then what is over.
TURN = Case(
    *(When(status=status, then=Value(at)) for at, status in enumerate(Question.NEXT))
)


class AnswerForm(TextForm, Sure):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Antwoord"
        self.fields["text"].help_text = (
            "Komt in het portaal te staan, met uw naam erbij. Noem geen namen of "
            "burgerservicenummers (BSN) van kandidaten."
        )


def _thread(question: Question) -> str:
    """What was asked and said, with who and when."""
    return render_to_string("billing/_thread.html", {"question": question})


def _answer(question: Question, answers: dict[str, Any], by: Person) -> Done:
    questions.answer(question, **answers, by=by)
    return Done("Uw antwoord is verstuurd.", question)


def _close(question: Question, _answers: dict[str, Any], by: Person) -> Done:
    questions.close(question, by=by)
    return Done("De vraag is gesloten.", question)


ANSWER = Verb(
    name="answer",
    label="Beantwoorden",
    roles=questions.ANSWERERS,
    is_open=lambda question: question.status != Question.Status.CLOSED,
    act=_answer,
    shown=lambda question: (
        _thread(question),
        [
            f"{question.asked_by} krijgt een e-mail dat er antwoord is. Uw antwoord "
            "zelf staat daar niet in.",
            "Iedereen die voor deze organisatie werkt, kan uw antwoord lezen.",
            "Een antwoord is daarna niet meer te wijzigen; u kunt wel nog een antwoord "
            "toevoegen.",
        ],
    ),
    form=AnswerForm,
)
CLOSE = Verb(
    name="close",
    label="Sluiten",
    roles=questions.ANSWERERS,
    is_open=lambda question: question.status != Question.Status.CLOSED,
    act=_close,
    shown=lambda question: (
        _thread(question),
        [
            "De vraag staat niet meer bij wat er te doen is.",
            "Niemand kan er nog op reageren. Wie meer wil weten, stelt een nieuwe "
            "vraag.",
        ],
    ),
)


class QuestionAdmin(VerbAdmin, NumberedAdmin):
    heading = "Vragen"
    verbs = (ANSWER, CLOSE)
    settlement_path = "settlement__"
    joined = (
        *("settlement__organisation", "settlement__period__instrument"),
        "asked_by",
    )
    ordering = (TURN.asc(), "asked_at")
    fieldsets = [
        section(None, "settlement", "settlement__organisation", "line"),
        section("Wat er is gezegd", "thread"),
    ]
    list_display = [
        *("about", "settlement__organisation", "settlement__period__halfyear"),
        *("asked_by", "asked_at", "status"),
    ]
    list_filter = [
        "status",
        by_halfyear("settlement__period"),
        chosen("settlement__organisation", "organisatie", "organisatie"),
    ]
    search_fields = [
        *("settlement__organisation__code", "settlement__organisation__name"),
        "text",
    ]
    search_help_text = (
        "Zoek op nummer (2026-0147), op code of naam van de gemeente, of op een woord."
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("messages__by")

    @admin.display(description="vraag over")
    def about(self, obj: Question) -> str:
        return str(obj).removeprefix("vraag over ")

    @admin.display(description="urenregel")
    def line(self, obj: Question) -> str:
        found = Line.objects.filter(
            period=obj.settlement.period_id,
            regel_id=obj.regel_id,
            coverage__agreement__organisation=obj.settlement.organisation_id,
        ).first()
        return link(found) if found else NOTHING

    @admin.display(description="berichten")
    def thread(self, obj: Question) -> str:
        return _thread(obj)


class MessageAdmin(FrozenAdmin):
    joined = (
        *("by", "question__settlement__organisation", "question__settlement__period"),
    )
    fieldsets = [section(None, "question", "is_answer", "by", "at", "text")]
    list_display = ["at", "question", "is_answer", "by"]
    list_filter = ["is_answer", chosen("question", "vraag", "vraag")]
    search_fields = ["text", "by__name"]
    search_help_text = "Zoek op een woord, of op de naam van wie het schreef."
