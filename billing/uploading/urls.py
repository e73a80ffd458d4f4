"""Where the pages of the uitvoerder live: what it delivers, and what it is paid."""

from django.urls import path, re_path

from billing.uitvoerder import pages as fee_pages
from billing.uploading import pages as upload_pages

PK = r"(?P<pk>\d{1,18})"
HALFYEAR = r"(?P<instrument>[-\w]{1,30})/(?P<halfyear>20\d\d-H[12])"

urlpatterns = [
    path("aanleveringen/", upload_pages.upload_list, name="upload-list"),
    path("aanleveringen/nieuw/", upload_pages.upload_new, name="upload-new"),
    re_path(
        rf"^aanleveringen/{PK}/$", upload_pages.upload_detail, name="upload-detail"
    ),
    re_path(
        rf"^aanleveringen/{PK}/bevestigen/$",
        upload_pages.upload_confirm,
        name="upload-confirm",
    ),
    re_path(
        rf"^aanleveringen/{PK}/opnieuw/$",
        upload_pages.upload_check,
        name="upload-check",
    ),
    re_path(
        rf"^aanleveringen/{PK}/intrekken/$",
        upload_pages.upload_withdraw,
        name="upload-withdraw",
    ),
    re_path(
        rf"^aanleveringen/{PK}/geweigerd\.csv$",
        upload_pages.upload_refused,
        name="upload-refused",
    ),
    path("vergoeding/", fee_pages.fee_list, name="fee-list"),
    re_path(rf"^vergoeding/{HALFYEAR}/$", fee_pages.fee_detail, name="fee-detail"),
    re_path(
        rf"^vergoeding/{HALFYEAR}/(?P<fmt>csv|xlsx)$",
        fee_pages.fee_file,
        name="fee-file",
    ),
]
