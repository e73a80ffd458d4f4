"""Every URL name of the project x everybody of the cast = what they get.

A name without a row fails, and so does a row without a name. Asked with GET; who may
send what is for the tests of each page. 302 leads to the login, or to a page that says
why it is closed.
"""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from billing.models import Period
from contracts.models import (
    Breach,
    Clearing,
    InbestedingEvidence,
    Offer,
    Scan,
    SealedDocument,
    Uitvoeringsopdracht,
)
from instruments.models import SeatRequest, Verbeterwens
from membership.models import (
    AssemblyPaper,
    BodyMeeting,
    BodyPaper,
    Dossier,
    Letter,
    MeetingInvitation,
    Organisation,
    Redivision,
    Region,
    Role,
    Seat,
)
from membership.redivision.found import open_items
from membership.regional.links import token_of
from tests.everything import NUMBER
from tests.guarded import (
    PUBLIC,
    assert_guarded,
    assert_nothing_inline,
    is_for_one_browser,
)

ROLES = (
    *("anonymous", "lezer", "vreemde", "backoffice"),
    *("bureau", "penningmeester", "bestuur"),
)
Row = tuple[int, int, int, int, int, int, int]


def everyone(status: int) -> Row:
    return (status,) * 7


def logged_in(status: int) -> Row:
    return (302, *(status,) * 6)


def association(status: int) -> Row:
    """Others are sent to the login of the admin, which says that it is not for them."""
    return (302, 302, 302, 302, status, status, status)


def of_heideveld(status: int) -> Row:
    """For Heideveld itself and the association; a stranger cannot see that it is."""
    return (302, status, 404, 404, status, status, status)


WITHOUT_A_RECORD = {"changelist", "add", "read", "ask", "keep", "board"}
WITHOUT_A_RECORD |= {"asked", "workbook", "all-remind", "all-note", "all-details"}
WITHOUT_A_RECORD |= {"all-invite"}
WITHOUT_A_RECORD |= {"register", "register-xlsx", "register-pdf"}
WITHOUT_A_RECORD |= {"report", "paper", "calendar", "month"}

# Which pages of a model there are to look at, and which to fill in.
LOOK = {"changelist": 200, "change": 200, "history": 200, "add": 403, "delete": 403}
FILL_IN = {**LOOK, "add": 200}

ADMIN = {
    "membership_organisation": FILL_IN,
    "membership_membership": LOOK,
    "membership_person": FILL_IN,
    "membership_personmerge": LOOK,
    "membership_role": FILL_IN,
    "membership_retentionterm": LOOK,
    "membership_destructionlist": LOOK,
    "membership_destructionline": LOOK,
    "membership_application": LOOK,
    "membership_dossier": LOOK,
    "membership_notice": LOOK,
    "membership_submittednotice": LOOK,
    "membership_mandate": FILL_IN,
    "membership_signerproposal": LOOK,
    "membership_redivision": LOOK,
    "membership_region": FILL_IN,
    "membership_regionmember": FILL_IN,
    "membership_network": FILL_IN,
    "membership_regionalcontact": LOOK,
    "membership_contactask": LOOK,
    "membership_meeting": FILL_IN,
    "membership_meetinggroup": FILL_IN,
    "membership_meetinginvitation": LOOK,
    "membership_reminderrule": FILL_IN,
    "membership_assembly": LOOK,
    "membership_voorstel": LOOK,
    "membership_beslispunt": LOOK,
    "membership_amendement": LOOK,
    "membership_stemming": LOOK,
    "membership_entitled": LOOK,
    "membership_ballot": LOOK,
    "membership_attendance": LOOK,
    "membership_proxy": LOOK,
    "membership_votingrule": FILL_IN,
    "membership_assemblypaper": LOOK,
    "membership_notulen": LOOK,
    "membership_assemblydemand": LOOK,
    "membership_membervoorstel": LOOK,
    "membership_initiative": LOOK,
    "membership_initiativesupport": LOOK,
    "membership_convocationterm": FILL_IN,
    "membership_consultation": FILL_IN,
    "membership_voter": LOOK,
    "membership_consultationanswer": LOOK,
    "membership_letter": FILL_IN,
    "membership_letterattachment": LOOK,
    "membership_letterreceiver": LOOK,
    "membership_alvbesluit": FILL_IN,
    "membership_body": FILL_IN,
    "membership_seat": LOOK,
    "membership_bodymeeting": LOOK,
    "membership_agendaitem": LOOK,
    "membership_bodymeetinganswer": LOOK,
    "membership_bodypaper": LOOK,
    "membership_bodydecision": LOOK,
    "membership_email": LOOK,
    "membership_historyevent": LOOK,
    "membership_savedfilter": LOOK,
    "membership_export": LOOK,
    "instruments_instrument": FILL_IN,
    "instruments_uitvoerder": FILL_IN,
    "instruments_contributionrate": FILL_IN,
    "instruments_minimumwage": FILL_IN,
    "instruments_norm": LOOK,
    "instruments_normversion": LOOK,
    "instruments_localnorm": LOOK,
    "instruments_factsheet": LOOK,
    "instruments_milestone": FILL_IN,
    "instruments_interest": LOOK,
    "instruments_steeringgroup": FILL_IN,
    "instruments_seatrequest": LOOK,
    "instruments_verbeterwens": LOOK,
    "instruments_verbeterwensstep": LOOK,
    "instruments_ontwikkelvoorstel": LOOK,
    "instruments_wenssupport": LOOK,
    "instruments_wensremark": LOOK,
    "instruments_alvlimit": FILL_IN,
    "instruments_covercriterion": FILL_IN,
    "instruments_tariff": FILL_IN,
    "instruments_tariffband": FILL_IN,
    "instruments_tariffbudget": FILL_IN,
    "instruments_tariffexemption": FILL_IN,
    "instruments_tariffindexation": FILL_IN,
    "contracts_verwerkersovereenkomst": LOOK,
    "contracts_gebruiksovereenkomst": LOOK,
    "contracts_coverage": LOOK,
    "contracts_uitvoeringsovereenkomst": LOOK,
    "contracts_offer": LOOK,
    "contracts_uitvoeringsopdracht": LOOK,
    "contracts_existingagreement": FILL_IN,
    "contracts_takeoverrun": LOOK,
    "contracts_clearing": LOOK,
    "contracts_submittedmodel": LOOK,
    "contracts_scan": LOOK,
    "contracts_signature": LOOK,
    "contracts_sealeddocument": LOOK,
    "contracts_terms": FILL_IN,
    "contracts_textversion": FILL_IN,
    "contracts_annexversion": FILL_IN,
    "contracts_processing": FILL_IN,
    "contracts_subprocessor": FILL_IN,
    "contracts_securitymeasure": FILL_IN,
    "contracts_consent": LOOK,
    "contracts_breachcontact": FILL_IN,
    "contracts_activity": LOOK,
    "contracts_forecast": LOOK,
    "contracts_controlfact": LOOK,
    "contracts_award": LOOK,
    "contracts_inbestedingevidence": LOOK,
    "contracts_breach": LOOK,
    "contracts_breachlimit": FILL_IN,
    "billing_period": LOOK,
    "billing_upload": LOOK,
    "billing_import": LOOK,
    "billing_line": LOOK,
    "billing_settlementrun": LOOK,
    "billing_settlement": LOOK,
    "billing_settlementline": LOOK,
    "billing_statement": LOOK,
    "billing_figures": LOOK,
    "billing_signallimit": FILL_IN,
    "billing_question": LOOK,
    "billing_message": LOOK,
    "billing_entry": LOOK,
    "billing_posting": LOOK,
    "billing_account": LOOK,
    "billing_paymentbatch": LOOK,
    "billing_payment": LOOK,
    "billing_bankstatement": LOOK,
    "billing_bankline": LOOK,
    "billing_match": LOOK,
    "billing_kasmovement": LOOK,
    "billing_kasdotatie": FILL_IN,
    "billing_kasshare": FILL_IN,
}

BREACH_PAGES = (
    *("write", "speak", "authority", "people", "measure", "describe", "concern"),
    *("aside", "back", "post", "propose", "close", "keep-open", "reopen", "report"),
)
# Of an ALV: what the bureau prepares, and what the bestuur alone does.
ASSEMBLY_PAGES = (
    *("assembly_add-voorstel", "assembly_lay-paper", "assembly_close"),
    "assembly_take-in",
    *("assembly_write-notulen", "voorstel_rewrite", "voorstel_withdraw"),
    *("notulen_tell-concept", "notulen_adopt"),
    *("assemblydemand_answer", "assemblydemand_end"),
)
# Who opens and counts a vote, and keeps the presentielijst.
VOTE_PAGES = (
    *("assembly_open-vote", "assembly_present", "assembly_paper-proxy"),
    *("stemming_close", "stemming_count", "stemming_check", "stemming_again"),
    *("stemming_annul", "attendance_arrive", "attendance_leave", "proxy_revoke"),
)
CONVENING_PAGES = (
    *("assembly_convene", "assembly_change-convened", "assembly_cancel"),
    *("amendement_take-over", "membervoorstel_take-up", "membervoorstel_refuse"),
)
CONSULTATION_PAGES = (
    *("consultation_open", "consultation_publish", "consultation_call-off"),
    *("consultation_drop", "voter_authorise"),
)
# With which the bureau and the bestuur draw up, and stop what was agreed.
AGREEMENT_PAGES = (
    *("offer_add", "offer_offer", "offer_own-model", "offer_extend", "offer_withdraw"),
    *(
        f"{fact}overeenkomst_{page}"
        for fact in ("verwerkers", "gebruiks", "uitvoerings")
        for page in ("prolong", "revise", "notice")
    ),
    *("gebruiksovereenkomst_pause", "gebruiksovereenkomst_resume"),
)
# Of inbesteding: what the bureau and the bestuur record, and set aside.
RECORDED_ONCE = ("activity", "forecast", "controlfact", "award")
LETTER_PAGES = (
    *("_attach", "_test", "_offer", "_take-back", "_release", "_correct", "_drop"),
    *("_preview", "_preview-pdf", "_preview-email"),
    *("attachment_detach", "receiver_again", "receiver_bounce"),
)
AFTER_PAGES = ("clearing_choose", "submittedmodel_accept", "submittedmodel_turn-back")
TEXT_AND_ANNEX_VERBS = (
    *("textversion_publish", "textversion_next", "annexversion_next"),
    *("annexversion_lay-before", "annexversion_withdraw", "processing_remove"),
    *("subprocessor_remove", "securitymeasure_remove"),
)

ADMIN_ROWS: dict[str, Row] = {
    **{
        f"admin:{model}_{page}": association(status)
        for model, pages in ADMIN.items()
        for page, status in pages.items()
    },
    **{
        f"admin:contracts_{model}_{page}": (302, 302, 302, 302, 200, 403, 200)
        for model in RECORDED_ONCE
        for page in ("add", "set-aside")
    },
    **{f"admin:contracts_{model}_file": association(200) for model in RECORDED_ONCE},
    **{
        f"admin:contracts_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in AGREEMENT_PAGES
    },
    **{
        f"admin:instruments_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in ("norm_add", "norm_say", "normversion_take-back")
    },
    **{
        f"admin:instruments_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in (
            *("factsheet_add", "factsheet_publish", "factsheet_next"),
            *("interest_answer", "interest_close"),
        )
    },
    **{
        f"admin:membership_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in (*VOTE_PAGES, "assembly_add", "assemblydemand_add")
    },
    # Nobody came to that ALV: the beslispunt is shown again, with why.
    "admin:membership_beslispunt_amend": (302, 302, 302, 302, 302, 403, 302),
    **{
        f"admin:membership_ballot_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in ("changelist", "change", "history")
    },
    "admin:membership_attendance_presentielijst": association(200),
    # The first volmacht came in the portal: there is no scan.
    "admin:membership_proxy_scan": association(404),
    "admin:contracts_offer_preview": association(200),
    "admin:contracts_offer_calendar": association(200),
    "admin:contracts_existingagreement_board": association(200),
    "admin:contracts_existingagreement_month": (302, 302, 302, 302, 200, 403, 200),
    **{
        f"admin:contracts_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in AFTER_PAGES
    },
    "admin:contracts_takeoverrun_letters": association(200),
    "admin:contracts_scan_confirm": (302, 302, 302, 302, 200, 403, 200),
    "admin:contracts_scan_turn-back": (302, 302, 302, 302, 200, 403, 200),
    "admin:contracts_forecast_file": association(404),
    "admin:contracts_award_file": association(404),
    "admin:contracts_controlfact_end": (302, 302, 302, 302, 200, 403, 200),
    "admin:contracts_activity_board": association(200),
    **{
        f"admin:contracts_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in TEXT_AND_ANNEX_VERBS
    },
    "admin:contracts_consent_answer": (302, 302, 302, 302, 200, 403, 403),
    "admin:contracts_textversion_preview": association(200),
    "admin:contracts_textversion_compare": association(200),
    "admin:contracts_annexversion_register": association(200),
    "admin:contracts_annexversion_register-xlsx": association(200),
    "admin:contracts_annexversion_register-pdf": association(200),
    "admin:index": association(200),
    "admin:app_list": association(200),
    "admin:autocomplete": association(200),
    "admin:jsi18n": association(200),
    "admin:login": (302, 403, 403, 403, 302, 302, 302),
    "admin:logout": logged_in(200),
    "admin:password_change": everyone(302),
    "admin:password_change_done": association(200),
    "admin:view_on_site": association(404),
    # A question is asked of who may answer it; 302 is a bank line that is matched.
    "admin:billing_period_prepare": (302, 302, 302, 302, 200, 200, 403),
    "admin:billing_period_export": association(200),
    "admin:billing_period_signals": association(200),
    "admin:billing_kasdotatie_confirm": (302, 302, 302, 302, 403, 200, 200),
    "admin:billing_kasdotatie_refuse": (302, 302, 302, 302, 403, 200, 200),
    "admin:billing_settlementrun_approve": (302, 302, 302, 302, 403, 200, 200),
    "admin:billing_settlement_reverse": (302, 302, 302, 302, 403, 200, 200),
    "admin:billing_statement_try-again": (302, 302, 302, 302, 403, 200, 200),
    "admin:billing_paymentbatch_download": association(405),
    "admin:billing_bankstatement_read": association(200),
    "admin:billing_bankline_match": association(302),
    "admin:billing_bankline_undo": association(302),
    "admin:membership_email_again": association(200),
    "admin:membership_savedfilter_keep": association(405),
    "admin:membership_savedfilter_remove": association(405),
    "admin:membership_export_ask": association(405),
    # A file is for who asked for it alone: the bureau.
    "admin:membership_export_file": (302, 302, 302, 302, 200, 404, 404),
    "admin:membership_application_accept": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_application_turn-down": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_organisation_dossier": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_dossier_board": association(200),
    "admin:membership_organisation_redivide": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_redivision_decide": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_redivision_gemeente": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_redivision_close": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_redivision_withdraw": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_dossier_remind": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_dossier_all-remind": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_dossier_all-note": association(200),
    "admin:membership_organisation_details": (302, 302, 302, 302, 200, 403, 403),
    "admin:membership_organisation_all-details": (302, 302, 302, 302, 200, 403, 403),
    "admin:membership_person_all-invite": association(200),
    "admin:membership_membership_notice": association(200),
    "admin:membership_submittednotice_confirm": association(200),
    "admin:membership_submittednotice_turn-back": association(200),
    "admin:membership_notice_appeal": association(200),
    "admin:membership_notice_decide": (302, 302, 302, 302, 403, 403, 200),
    "admin:membership_reminderrule_asked": association(200),
    "admin:membership_reminderrule_workbook": association(200),
    "admin:membership_dossier_judge": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_dossier_check": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_dossier_admit": association(200),
    "admin:membership_dossier_aspirant": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_dossier_note": association(200),
    "admin:membership_dossier_withdraw": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_dossier_refuse": (302, 302, 302, 302, 403, 403, 200),
    "admin:membership_person_invite": association(200),
    "admin:membership_person_address": association(200),
    "admin:membership_destructionlist_decide": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_person_compare": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_personmerge_undo": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_signerproposal_confirm": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_signerproposal_decline": (302, 302, 302, 302, 200, 403, 200),
    "admin:membership_region_centre": association(200),
    "admin:membership_network_ask-regions": (302, 302, 302, 302, 200, 403, 403),
    "admin:membership_network_remind": (302, 302, 302, 302, 200, 403, 403),
    "admin:membership_regionalcontact_end": (302, 302, 302, 302, 200, 403, 403),
    "admin:membership_meeting_invite": (302, 302, 302, 302, 200, 403, 403),
    "admin:membership_meeting_cancel": (302, 302, 302, 302, 200, 403, 403),
    "admin:membership_person_forget": association(200),
    **{
        f"admin:membership_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in ASSEMBLY_PAGES
    },
    **{
        f"admin:membership_{page}": (302, 302, 302, 302, 403, 403, 200)
        for page in CONVENING_PAGES
    },
    "admin:membership_consultation_answers": association(200),
    **{
        f"admin:membership_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in CONSULTATION_PAGES
    },
    **{
        f"admin:{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in (
            *("membership_body_seat", "membership_seat_end"),
            *("instruments_seatrequest_grant", "instruments_seatrequest_refuse"),
        )
    },
    **{
        f"admin:contracts_breach_{page}": (302, 302, 302, 302, 200, 403, 200)
        for page in BREACH_PAGES
    },
    "admin:contracts_breach_workbook": association(200),
    "admin:contracts_breach_paper": association(200),
    **{f"admin:membership_letter{page}": association(200) for page in LETTER_PAGES},
    "admin:billing_question_answer": (302, 302, 302, 302, 200, 200, 403),
    "admin:billing_question_close": (302, 302, 302, 302, 200, 200, 403),
}

# What is somebody's own has no stranger: it shows who asks. 404 is what the cast does
# not have (a passkey, codes), 403 a question that was not asked, 405 what is only sent.
ACCOUNT_ROWS: dict[str, Row] = {
    "invitation": everyone(410),
    "act_for": logged_in(405),
    "account_signup": everyone(200),
    "account_login": (200, *(302,) * 6),
    "account_logout": logged_in(200),
    "account_inactive": everyone(200),
    "account_reauthenticate": logged_in(403),
    "account_reset_password": everyone(200),
    "account_reset_password_done": everyone(200),
    "account_reset_password_from_key": everyone(200),
    "account_reset_password_from_key_done": everyone(200),
    "account_change_password": everyone(302),
    "account_set_password": logged_in(200),
    "mfa_index": logged_in(200),
    "mfa_authenticate": everyone(302),
    "mfa_login_webauthn": everyone(302),
    "mfa_reauthenticate": logged_in(403),
    "mfa_reauthenticate_webauthn": logged_in(403),
    "mfa_activate_totp": logged_in(200),
    "mfa_deactivate_totp": logged_in(404),
    "mfa_list_webauthn": logged_in(200),
    "mfa_add_webauthn": logged_in(200),
    "mfa_edit_webauthn": logged_in(404),
    "mfa_remove_webauthn": logged_in(404),
    "mfa_view_recovery_codes": logged_in(404),
    "mfa_generate_recovery_codes": logged_in(200),
    "mfa_download_recovery_codes": logged_in(404),
    "socialaccount_login_cancelled": everyone(200),
    "openid_connect_login": everyone(404),
    "openid_connect_callback": everyone(404),
    "usersessions_list": logged_in(200),
    "own-calendar": logged_in(200),
    # A token that nobody made.
    "calendar-feed": everyone(404),
    "end_session": logged_in(405),
    "own-details": logged_in(200),
    "details-confirm": logged_in(405),
}

PORTAL_ROWS: dict[str, Row] = {
    # What happens with the personal data of one's own organisation.
    "annex-list": (302, 200, 200, 200, 403, 403, 403),
    "breach-contact": (302, 200, 200, 403, 403, 403, 403),
    "annex-detail": of_heideveld(200),
    "processing-register": (302, 200, 200, 403, 403, 403, 403),
    "home": logged_in(200),
    "join": everyone(200),
    "apply": everyone(200),
    "apply-sent": everyone(200),
    "apply-confirm": everyone(410),
    "membership": (302, 200, 200, 403, 403, 403, 403),
    "leave-info": everyone(200),
    "leave": (302, 200, 200, 403, 403, 403, 403),
    # Of a gemeente that is nobody's here.
    "leave-receipt": (302, 404, 404, 404, 200, 200, 200),
    "leave-letter": (302, 404, 404, 404, 200, 200, 200),
    # Of Noorderhage; who may record a step, and who may only look.
    "dossier-detail": (302, 404, 200, 404, 200, 200, 200),
    "dossier-paper": (302, 404, 200, 404, 200, 200, 200),
    "dossier-filled": (302, 404, 200, 404, 200, 200, 200),
    "membership-proof": of_heideveld(200),
    "dossier-note": logged_in(405),
    "dossier-withdraw": (302, 404, 200, 404, 404, 404, 404),
    "dossier-step": (302, 404, 200, 404, 200, 404, 200),
    "dossier-ask": (302, 404, 200, 404, 404, 404, 404),
    "wish-new": (302, 404, 200, 404, 200, 404, 200),
    "wish-change": (302, 404, 200, 404, 200, 404, 200),
    "wish-take-back": logged_in(405),
    # The people of one's own organisation; only a contactpersoon arranges who.
    "colleagues": (302, 200, 200, 200, 403, 403, 403),
    "colleague-invite": (302, 200, 200, 404, 403, 403, 403),
    "signer-propose": (302, 200, 200, 404, 403, 403, 403),
    # A role of Lezer: nobody else ends it here.
    "role-hand-over": (302, 200, *(404,) * 5),
    "role-leave": (302, 200, *(404,) * 5),
    "association": logged_in(200),
    "letter-list": logged_in(200),
    # For who belongs; only who speaks for a lid hands in an amendement.
    "assembly-list": (302, 200, 404, 404, 200, 200, 200),
    "assembly-detail": (302, 200, 404, 404, 200, 200, 200),
    "assembly-calendar": (302, 200, 404, 404, 200, 200, 200),
    "assembly-paper": (302, 200, 404, 404, 200, 200, 200),
    "voorstel-detail": (302, 200, 404, 404, 200, 200, 200),
    "besluit-detail": (302, 200, 404, 404, 200, 200, 200),
    "amendement-new": (302, 200, 404, 404, 404, 404, 404),
    "amendement-withdraw": logged_in(405),
    "amendement-take-over": logged_in(405),
    # Only who speaks for a lid with a vote begins one, or hands in a voorstel.
    "initiative-new": (302, 200, 404, 404, 404, 404, 404),
    "initiative-detail": (302, 200, 404, 404, 200, 200, 200),
    "member-voorstel-new": (302, 404, 404, 404, 404, 404, 404),
    "member-voorstel": (302, 200, 404, 404, 200, 200, 200),
    "assembly-attendance": (302, 200, 404, 404, 404, 404, 404),
    "assembly-proxy": (302, 200, 404, 404, 404, 404, 404),
    "assembly-proxy-paper": (302, 404, 404, 404, 404, 404, 404),
    "proxy-revoke": logged_in(405),
    "vote-detail": (302, 200, 404, 404, 200, 200, 200),
    # Heideveld belongs, and sits in the regiegroep of flexensie.
    "body-list": (302, 200, 404, 404, 200, 200, 200),
    "body-detail": (302, 200, 404, 404, 200, 200, 200),
    "body-decide": (302, 404, 404, 404, 200, 404, 200),
    "body-meeting-new": (302, 404, 404, 404, 200, 404, 200),
    "seat-leave": (302, 200, 404, 404, 200, 404, 200),
    "body-meeting": (302, 200, 404, 404, 200, 200, 200),
    "body-meeting-calendar": (302, 404, 404, 404, 200, 200, 200),
    "body-meeting-change": (302, 404, 404, 404, 200, 404, 200),
    "body-meeting-invite": logged_in(405),
    "body-meeting-answer": logged_in(405),
    "body-meeting-cancel": logged_in(405),
    "body-paper-add": logged_in(405),
    "body-paper": (302, 404, 404, 404, 200, 200, 200),
    "body-paper-withdraw": logged_in(405),
    "steering-group": (302, 200, 404, 404, 200, 200, 200),
    "seat-ask": (302, 200, *(404,) * 5),
    "seat-decide": (302, 404, 404, 404, 200, 404, 200),
    "seat-withdraw": logged_in(405),
    "signals": (302, 404, 404, 404, 200, 200, 200),
    "consultation-detail": of_heideveld(200),
    "consultation-authorise": logged_in(405),
    "letter-detail": of_heideveld(200),
    "letter-pdf": of_heideveld(200),
    "letter-attachment": of_heideveld(200),
    # Of Heideveld; who speaks for it declines.
    "agreement-list": (302, 200, 200, 200, 403, 403, 403),
    "agreement-detail": of_heideveld(200),
    "agreement-document": of_heideveld(200),
    "agreement-decline": (302, 200, 404, 404, 403, 403, 403),
    "agreement-sign": of_heideveld(200),
    # Of who speaks for the holder; the bureau pauses in Beheer.
    "use": (302, 200, 404, 404, 403, 403, 403),
    "agreement-paper": (302, 200, 404, 404, 200, 403, 200),
    # Of Heideveld, cleared by the uitvoerder; the proof is of the NVSI itself.
    "clearing-list": logged_in(200),
    "clearing-detail": (302, 200, 404, 200, 200, 200, 200),
    "clearing-prove": (302, 403, 404, 200, 200, 403, 200),
    "clearing-proof": of_heideveld(200),
    "own-model": (302, 200, 200, 403, 403, 403, 403),
    "own-model-document": (302, 404, 404, 404, 200, 200, 200),
    # Of gemeenten that are nobody's here.
    "agreement-sealed": (302, 404, 404, 404, 200, 200, 200),
    "agreement-scan": (302, 404, 404, 404, 200, 200, 200),
    "signing-desk": logged_in(200),
    "check-document": everyone(200),
    # Reported by the uitvoerder, and told to Heideveld.
    "breach-list": logged_in(200),
    "breach-report": (302, 200, 200, 200, 403, 403, 403),
    "breach-detail": (302, 200, 404, 200, 200, 200, 200),
    "breach-more": (302, 404, 404, 200, 404, 404, 404),
    "breach-letter": of_heideveld(200),
    "breach-authority": logged_in(405),
    "breach-people": logged_in(405),
    "region-list": logged_in(200),
    "region-contacts": of_heideveld(200),
    # Whoever has the personal link, also without a login.
    "meeting-answer": everyone(200),
    "meeting-calendar": everyone(200),
    "health": everyone(200),
    "icon": everyone(302),
    "register": everyone(200),
    "register-file": everyone(200),
    "register-workbook": (302, 404, 404, 404, 200, 200, 200),
    "register-figures": (302, 404, 404, 404, 200, 200, 200),
    "figures-workbook": (302, 404, 404, 404, 200, 200, 200),
    "instrument-list": everyone(200),
    "price": everyone(200),
    "factsheet-versions": everyone(200),
    "routekaart": everyone(200),
    # For who acts for a gemeente; Heideveld uses it already.
    "interest": (302, 200, 200, 404, 403, 403, 403),
    "interest-withdraw": logged_in(405),
    # What all agreed is public; what each does itself for who belongs.
    "norms": everyone(200),
    "norms-csv": (302, 200, 404, 404, 200, 200, 200),
    "norm-own": (302, 200, 404, 404, 403, 403, 403),
    "norm-follow": (302, 200, 404, 404, 403, 403, 403),
    "figures": everyone(200),
    "figures-file": everyone(200),
    # For who belongs, and no uitvoerder.
    "kas": (302, 200, 404, 404, 200, 200, 200),
    "kas-file": (302, 200, 404, 404, 200, 200, 200),
    # For who belongs, and the uitvoerder; a step for the body that takes it.
    "wens-list": (302, 200, 404, 200, 200, 200, 200),
    "wens-new": (302, 200, 404, 404, 404, 404, 404),
    "wens-like": (302, 200, 404, 404, 404, 404, 404),
    "wens-detail": (302, 200, 404, 200, 200, 200, 200),
    "wens-step": (302, 404, 404, 404, 404, 404, 200),
    "wens-say": logged_in(405),
    "order-detail": (302, 200, 404, 200, 200, 200, 200),
    "order-document": (302, 200, 404, 200, 200, 200, 200),
    "manual": everyone(200),
    "manual-chapter": everyone(200),
    "statement-list": (302, 200, 200, 200, 403, 403, 403),
    "statement-detail": of_heideveld(200),
    "statement-lines": of_heideveld(200),
    "statement-file": of_heideveld(200),
    "question-ask": (302, 200, *(404,) * 5),
    "question-detail": of_heideveld(200),
    "question-close": logged_in(405),
}

# What stands there of the association, everybody who belongs somewhere may read; no
# uitvoerder. The evidence is of Heideveld.
PORTAL_ROWS |= {
    "inbesteding": (302, 200, 200, 404, 200, 200, 200),
    "inbesteding-file": of_heideveld(200),
}

MATRIX = ADMIN_ROWS | ACCOUNT_ROWS | PORTAL_ROWS

# Of the uitvoerder: its own rows; a page for who acts for it, and the association acts
# for nobody.
PORTAL_ROWS |= {
    "upload-list": (302, 403, 403, 200, 403, 403, 403),
    "upload-new": (302, 403, 403, 200, 403, 403, 403),
    "upload-detail": (302, 404, 404, 200, 200, 200, 200),
    "upload-refused": (302, 404, 404, 200, 200, 200, 200),
    "upload-confirm": logged_in(405),
    "upload-check": logged_in(405),
    "upload-withdraw": logged_in(405),
    "fee-list": (302, 403, 403, 200, 403, 403, 403),
    "fee-detail": (302, 403, 403, 200, 403, 403, 403),
    "fee-file": (302, 403, 403, 200, 403, 403, 403),
}
MATRIX |= PORTAL_ROWS
FEE = {"instrument": "flexensie", "halfyear": "2026-H1"}

# With which an address is asked, when it needs more than its name.
KWARGS: dict[str, dict[str, str]] = {
    "admin:app_list": {"app_label": "billing"},
    "apply-confirm": {"token": "1.x.y"},
    "membership-proof": {"code": "GM9001"},
    "invitation": {"uidb64": "x", "token": "y"},
    "calendar-feed": {"token": "x" * 43},
    "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
    "mfa_edit_webauthn": {"pk": "1"},
    "mfa_remove_webauthn": {"pk": "1"},
    "openid_connect_login": {"provider_id": "extern"},
    "openid_connect_callback": {"provider_id": "extern"},
    "end_session": {"pk": "1"},
    "manual-chapter": {"chapter": "bureau"},
    "register-file": {"fmt": "json"},
    "figures": {"slug": "flexensie"},
    "price": {"slug": "flexensie"},
    "steering-group": {"slug": "flexensie"},
    "seat-ask": {"slug": "flexensie"},
    "signals": {"slug": "flexensie"},
    "wens-list": {"slug": "flexensie"},
    "wens-new": {"slug": "flexensie"},
    "wens-like": {"slug": "flexensie"},
    "wens-say": {"pk": "1", "what": "steunen"},
    "factsheet-versions": {"slug": "flexensie"},
    "interest": {"slug": "flexensie"},
    "interest-withdraw": {"slug": "flexensie"},
    "norms": {"slug": "flexensie"},
    "norms-csv": {"slug": "flexensie"},
    "norm-own": {"slug": "flexensie", "number": "1"},
    "norm-follow": {"slug": "flexensie", "number": "1"},
    "figures-file": {"slug": "flexensie", "fmt": "json"},
    "kas": {"slug": "flexensie"},
    "kas-file": {"slug": "flexensie", "fmt": "csv"},
    "processing-register": {"fmt": "xlsx"},
    "statement-detail": {"number": NUMBER},
    "statement-lines": {"number": NUMBER, "opdracht": "O1"},
    "statement-file": {"number": NUMBER, "fmt": "pdf"},
    "question-ask": {"number": NUMBER},
    "question-close": {"number": NUMBER, "pk": "1"},
    "upload-confirm": {"pk": "1"},
    "upload-check": {"pk": "1"},
    "upload-withdraw": {"pk": "1"},
    "inbesteding": {"slug": "flexensie"},
    "use": {"slug": "flexensie"},
    "agreement-list": {},
    "admin:contracts_existingagreement_month": {"month": "2027-06"},
    "fee-detail": FEE,
    "fee-file": {**FEE, "fmt": "xlsx"},
}
QUERY = {
    "admin:autocomplete": "?app_label=membership&model_name=role&field_name=person",
}


def url_of(name: str) -> str:
    """Of the first record that make_everything made, or of what is Heideveld's."""
    label, _, page = name.removeprefix("admin:").rpartition("_")
    kwargs = KWARGS.get(name, {})
    if label in ADMIN and page not in WITHOUT_A_RECORD:
        kwargs = {"object_id": str(first_key(*label.split("_")))}
    for begin, find in FOUND.items():
        if name.startswith(begin) and name not in KWARGS:
            kwargs = find(name)
    return reverse(name, kwargs=kwargs) + QUERY.get(name, "")


def of_first(app: str, model: str) -> Callable[[str], dict[str, str]]:
    return lambda _name: {"pk": str(first_key(app, model))}


def assembly_paper_kwargs(_name: str) -> dict[str, str]:
    paper = AssemblyPaper.objects.earliest("pk")
    return {"pk": f"{paper.assembly_id}", "paper": f"{paper.pk}"}


def region_kwargs(_name: str) -> dict[str, str]:
    return {"network": "bw-mo", "pk": str(heideveld_region())}


def body_meeting_kwargs(_name: str) -> dict[str, str]:
    """Of the regiegroep, to which its members were invited."""
    meeting = BodyMeeting.objects.exclude(invited_at=None).earliest("pk")
    return {"pk": f"{meeting.pk}"}


def body_paper_kwargs(_name: str) -> dict[str, str]:
    paper = BodyPaper.objects.earliest("pk")
    return {"pk": f"{paper.meeting_id}", "paper": f"{paper.pk}"}


def seat_kwargs(name: str) -> dict[str, str]:
    """A seat of Heideveld, or one that was asked for."""
    if name == "seat-leave":
        return {"pk": f"{Seat.objects.get(person__name='Secretaris').pk}"}
    asked = SeatRequest.objects.waiting().earliest("pk")
    return {"slug": asked.instrument.slug, "pk": f"{asked.pk}"}


def meeting_kwargs(_name: str) -> dict[str, str]:
    return {"token": token_of(MeetingInvitation.objects.order_by("pk")[0])}


def breach_kwargs(name: str) -> dict[str, str]:
    breach = Breach.objects.get()
    row = breach.colleges.get(organisation__code="GM9001")
    letter = {"pk": f"{row.pk}", "fmt": "pdf"}
    return {"number": breach.number, **(letter if name == "breach-letter" else {})}


def agreement_kwargs(_name: str) -> dict[str, str]:
    return {"reference": Offer.objects.earliest("pk").reference}


def sealed_kwargs(_name: str) -> dict[str, str]:
    return {"reference": SealedDocument.objects.get().offer.reference}


def proof_kwargs(_name: str) -> dict[str, str]:
    return {"pk": f"{Clearing.objects.exclude(proven_at=None).earliest('pk').pk}"}


def scan_kwargs(_name: str) -> dict[str, str]:
    scan = Scan.objects.get()
    return {"reference": scan.offer.reference, "pk": f"{scan.pk}"}


def role_kwargs(_name: str) -> dict[str, str]:
    """Of who works for Heideveld; there is none where that person was not made."""
    own = Role.objects.filter(person__name="Lezer").first()
    return {"pk": str(own.pk if own else 0)}


def site_kwargs(_name: str) -> dict[str, str]:
    kind = ContentType.objects.get_for_model(Organisation)
    key = first_key("membership", "organisation")
    return {"content_type_id": str(kind.pk), "object_id": str(key)}


def point_kwargs(_name: str) -> dict[str, str]:
    """What is still to be decided of a gemeente that goes into another."""
    redivision = Redivision.objects.get(status="open")
    return {"object_id": f"{redivision.pk}", "key": open_items(redivision)[0].key}


def question_kwargs(_name: str) -> dict[str, str]:
    return {"number": NUMBER, "pk": str(first_key("billing", "question"))}


def letter_kwargs(name: str) -> dict[str, str]:
    """Of the letter that was sent to who belongs."""
    letter = Letter.objects.sent().get()
    file = {"pk": f"{letter.attachments.get().pk}"}
    return {"number": letter.slug, **(file if name == "letter-attachment" else {})}


def heideveld_region() -> int:
    """The region of the network in which Heideveld is."""
    return Region.objects.get(type="bw_mo").pk


def dossier_kwargs(name: str) -> dict[str, str]:
    """Of the dossier of Noorderhage, of which the raad has the draft."""
    dossier = Dossier.objects.get(organisation__code="GM9003")
    paper, wish = dossier.evidence.get(), dossier.wishes.get()
    more = {
        "dossier-paper": {"pk": f"{paper.pk}"},
        "dossier-filled": {"paper": "raadsbrief", "fmt": "docx"},
        "dossier-step": {"step": "heard"},
        "dossier-ask": {"step": "heard"},
        "wish-change": {"pk": f"{wish.pk}"},
        "wish-take-back": {"pk": f"{wish.pk}"},
    }
    return {"number": dossier.number, **more.get(name, {})}


def evidence_kwargs(_name: str) -> dict[str, str]:
    made = InbestedingEvidence.objects.order_by("pk").first()
    return {"number": made.number if made else "INB-2026-0001", "fmt": "pdf"}


def step_kwargs(_name: str) -> dict[str, str]:
    """Of a wens that waits for the bestuur."""
    waiting = Verbeterwens.objects.with_standing().at("proposed").earliest("pk")
    return {"pk": f"{waiting.pk}", "step": "agreed"}


def order_kwargs(_name: str) -> dict[str, str]:
    return {"reference": Uitvoeringsopdracht.objects.earliest("pk").reference}


def first_key(app: str, model: str) -> int:
    row = apps.get_model(app, model)._default_manager.order_by("pk").first()
    assert row is not None, f"make_everything makes no {model}"
    return int(row.pk)


# How the rest is found, by what its name begins with.
FOUND: dict[str, Callable[[str], dict[str, str]]] = {
    "annex-detail": of_first("contracts", "annexversion"),
    "inbesteding-file": evidence_kwargs,
    "region-contacts": region_kwargs,
    "initiative-detail": of_first("membership", "initiative"),
    "member-voorstel-new": of_first("membership", "assembly"),
    "member-voorstel": of_first("membership", "membervoorstel"),
    "assembly-detail": of_first("membership", "assembly"),
    "assembly-attendance": of_first("membership", "assembly"),
    "assembly-proxy": of_first("membership", "assembly"),
    "assembly-proxy-paper": of_first("membership", "assembly"),
    "proxy-revoke": of_first("membership", "proxy"),
    "vote-detail": of_first("membership", "stemming"),
    "assembly-calendar": of_first("membership", "assembly"),
    "assembly-paper": assembly_paper_kwargs,
    "voorstel-detail": of_first("membership", "voorstel"),
    "besluit-detail": of_first("membership", "alvbesluit"),
    "amendement-": of_first("membership", "amendement"),
    "amendement-new": of_first("membership", "beslispunt"),
    "body-detail": of_first("membership", "body"),
    "body-decide": of_first("membership", "body"),
    "body-meeting": body_meeting_kwargs,
    "body-meeting-answer": body_meeting_kwargs,
    "body-meeting-new": of_first("membership", "body"),
    "body-paper": body_paper_kwargs,
    "body-paper-add": body_meeting_kwargs,
    "seat-leave": seat_kwargs,
    "seat-decide": seat_kwargs,
    "seat-withdraw": seat_kwargs,
    "consultation-": of_first("membership", "consultation"),
    "breach-detail": breach_kwargs,
    "breach-more": breach_kwargs,
    "breach-letter": breach_kwargs,
    "breach-authority": breach_kwargs,
    "breach-people": breach_kwargs,
    "clearing-detail": of_first("contracts", "clearing"),
    "clearing-prove": of_first("contracts", "clearing"),
    "clearing-proof": proof_kwargs,
    "own-model-document": of_first("contracts", "submittedmodel"),
    "agreement-": agreement_kwargs,
    "agreement-sealed": sealed_kwargs,
    "agreement-scan": scan_kwargs,
    "letter-detail": letter_kwargs,
    "letter-pdf": letter_kwargs,
    "letter-attachment": letter_kwargs,
    "meeting-": meeting_kwargs,
    "role-": role_kwargs,
    "leave-receipt": of_first("membership", "submittednotice"),
    "leave-letter": of_first("membership", "submittednotice"),
    "wens-detail": of_first("instruments", "verbeterwens"),
    "wens-step": step_kwargs,
    "order-": order_kwargs,
    "upload-detail": of_first("billing", "upload"),
    "upload-refused": of_first("billing", "upload"),
    "dossier-": dossier_kwargs,
    "wish-": dossier_kwargs,
    "question-detail": question_kwargs,
    "admin:membership_redivision_decide": point_kwargs,
    "admin:view_on_site": site_kwargs,
}


def names(
    patterns: list[URLPattern | URLResolver] | None = None, namespace: str = ""
) -> Iterator[str]:
    """Every URL name, with its namespace."""
    found = get_resolver().url_patterns if patterns is None else patterns
    for pattern in found:
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, inside or namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def test_every_url_name_has_a_row_and_every_row_a_url_name() -> None:
    assert set(names()) == set(MATRIX)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_matrix_says_and_each_page_is_guarded(
    role: str, everything: Period, request: pytest.FixtureRequest
) -> None:
    """Asked once, since a thousand pages take their time."""
    client = Client()
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    at = ROLES.index(role)
    expected = {name: row[at] for name, row in MATRIX.items()}
    got = {}
    for name in MATRIX:
        page = client.get(url_of(name))
        got[name] = page.status_code
        assert_guarded(page, name)
        if page.status_code == 200 and name not in PUBLIC:
            assert is_for_one_browser(page), name
        if name in ADMIN_ROWS:
            assert_nothing_inline(page, name)
    assert got == expected
