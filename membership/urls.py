"""Where the pages of this app live.

The names are django-allauth's own, since it looks its pages up by them; the pages that
it has for signing up and for changing an e-mail address are left out.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as external
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import include, path, re_path

from membership import views
from membership.association import association
from membership.register import pages as register

urlpatterns = [
    path("", include("membership.admission.urls")),
    path("", include("membership.assembly.urls")),
    path("", include("membership.assembly.vote_urls")),
    path("", include("membership.bodies.urls")),
    path("", include("membership.deadlines.urls")),
    path("", include("membership.leaving.urls")),
    path("", include("membership.papers.urls")),
    path("", include("membership.colleagues.urls")),
    path("", include("membership.regional.urls")),
    path("", include("membership.letters.urls")),
    path("", include("membership.consultation.urls")),
    path("uitnodiging/<uidb64>/<token>/", views.invitation, name="invitation"),
    path("vereniging/", association, name="association"),
    path("namens/", views.act_for, name="act_for"),
    path("aanmelden/", views.no_signup, name="account_signup"),
]

the_register = [
    path("ledenregister/", register.register, name="register"),
    path("ledenregister/cijfers/", register.register_figures, name="register-figures"),
    path(
        "ledenregister/cijfers.xlsx", register.figures_workbook, name="figures-workbook"
    ),
    path("ledenregister.xlsx", register.register_workbook, name="register-workbook"),
    re_path(
        r"^ledenregister\.(?P<fmt>csv|json)$",
        register.register_file,
        name="register-file",
    ),
]

login = [
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("inloggen/niet-actief/", account.account_inactive, name="account_inactive"),
    path("inloggen/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("inloggen/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bevestigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "bevestigen/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
]

other_organisation = [
    path(
        "inloggen/extern/geannuleerd/",
        external.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path(
        "inloggen/extern/<slug:provider_id>/",
        views.external_login,
        name="openid_connect_login",
    ),
    path(
        "inloggen/extern/<slug:provider_id>/terug/",
        openid.callback,
        name="openid_connect_callback",
    ),
]

password = [
    path("wachtwoord/vergeten/", views.forgot_password, name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/opgeslagen/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "account/wachtwoord/", account.password_change, name="account_change_password"
    ),
    path(
        "account/wachtwoord/kiezen/", account.password_set, name="account_set_password"
    ),
]

second_factor = [
    path("account/", views.own_account, name="mfa_index"),
    path("account/app/", views.choose_app, name="mfa_activate_totp"),
    path("account/app/verwijderen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/nieuw/", views.choose_passkey, name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"
    ),
    path(
        "account/passkeys/<int:pk>/verwijderen/",
        views.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path(
        "account/herstelcodes/",
        recovery.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/herstelcodes/nieuw/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/herstelcodes/bestand/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

own_sessions = [
    path("account/sessies/", views.own_sessions, name="usersessions_list"),
    path("account/sessies/<int:pk>/", views.end_session, name="end_session"),
]

urlpatterns += the_register
urlpatterns += login + other_organisation + password + second_factor + own_sessions
