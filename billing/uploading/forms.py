"""The form with which an uitvoerder sends a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile

from instruments.models import Instrument
from nvsi.refusals import TableRefused
from nvsi.tables.kinds import is_zip

MEGABYTE = 1_000_000


def too_large() -> str:
    return (
        "Het bestand is te groot. Het mag hoogstens "
        f"{settings.UPLOAD_MOST_BYTES // MEGABYTE} MB zijn. Verdeel de regels over "
        "meer bestanden. Er is niets opgeslagen."
    )


class UploadForm(forms.Form):
    """A file; and for which instrument, for who carries out more than one."""

    instrument = forms.ModelChoiceField(
        Instrument.objects.none(),
        label="Oplossing",
        error_messages={"required": "Kies waarvoor de uren zijn gewerkt."},
    )
    file = forms.FileField(
        label="Bestand met urenregels",
        help_text="Een CSV-bestand of een Excelbestand (.xlsx).",
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Het bestand is leeg. Kies het bestand met de urenregels.",
            "missing": "Kies een bestand.",
            "invalid": "Het bestand kwam niet goed aan. Kies het nog een keer.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )

    def __init__(
        self, instruments: Sequence[Instrument], *args: Any, was_too_large: bool = False
    ) -> None:
        super().__init__(*args)
        field = self.fields["instrument"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Instrument.objects.filter(pk__in=[i.pk for i in instruments])
        if len(instruments) == 1:
            field.initial, field.widget = instruments[0].pk, forms.HiddenInput()
        if was_too_large:
            self.fields["file"].error_messages["required"] = too_large()

    def clean_file(self) -> TemporaryUploadedFile:
        """What is no table at all is told at once; the worker reads the rest."""
        file: TemporaryUploadedFile = self.cleaned_data["file"]
        try:
            is_zip(Path(file.temporary_file_path()))
        except TableRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return file
