"""Attacks on the ALV: its moments, its agenda, and what was decided there."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

A, V, B = "membership_assembly", "membership_voorstel", "membership_beslispunt"
M, N, D = "membership_amendement", "membership_notulen", "membership_assemblydemand"
E = "membership_voorstelamount"
G, H = "membership_initiative", "membership_membervoorstel"
P, T = "membership_assemblypaper", "membership_convocationterm"
BESLUIT = "membership_alvbesluit"
AS_TAKEN, AS_LAID = "blijft zoals het is genomen", "blijft zoals het op de ALV lag"
STAYS = "gaat niet weg"
USUAL = "kind = ''"

ASSEMBLIES = [
    Attack("an_assembly_has_a_number_of_its_own_in_the_year", "use a number twice",
           copy(A, "id = %(assembly_draft)s")),
    *(Attack(guard, tries, update(A, "assembly_draft", change))
      for guard, tries, change in [
          ("an_assembly_ends_after_it_starts", "end at its start",
           "ends_at = starts_at"),
          ("an_assembly_has_a_place_or_a_link", "be nowhere", "place = ''"),
          ("amendements_come_before_the_assembly", "amend during it",
           "amend_until = starts_at + interval '1 second'"),
          ("who_convened_an_assembly_is_known", "be convened by nobody",
           "status = 'convened', convened_at = starts_at - interval '30 days'"),
          ("who_convened_an_assembly_is_known", "be convened at no moment",
           "status = 'convened', convened_by_id = %(bureau)s"),
          ("who_convened_an_assembly_is_known", "be convened at its start",
           "status = 'convened', convened_at = starts_at, "
           "convened_by_id = %(bureau)s"),
      ]),
    *(Attack("an_assembly_that_was_held_was_closed", tries,
             copy(A, "id = %(assembly_convened)s", number="99", **values))
      for tries, values in [
          ("be held without an end", {"status": "'held'"}),
          ("be closed before it starts",
           {"status": "'held'", "closed_at": "starts_at"}),
          ("be closed and go on", {"closed_at": "ends_at"}),
      ]),
    *(Attack("an_assembly_that_is_over_stands", tries,
             update(A, "assembly_held", change), AS_LAID)
      for tries, change in [
          ("go on", "status = 'convened', closed_at = null"),
          ("be on another day", "starts_at = starts_at + interval '1 hour'"),
      ]),
    Attack("a_convocation_term_ends_after_it_starts", "end before",
           f"UPDATE {T} SET ends_on = starts_on - 1 WHERE {USUAL};"),
    Attack("one_convocation_term_per_kind_at_a_time", "have two",
           copy(T, USUAL, days="21")),
    Attack("a_statutenwijziging_is_told_a_week_before", "six days",
           f"UPDATE {T} SET days = 6 WHERE kind = 'statutenwijziging';"),
    Attack("a_voorstel_has_its_own_place_on_the_agenda", "stand where another is",
           copy(V, "id = %(voorstel)s")),
    *(Attack(guard, tries, update(V, "voorstel", change))
      for guard, tries, change in [
          ("a_voorstel_is_numbered_as_agendas_are", "stand on no place",
           "position = 0"),
          ("a_voorstel_is_numbered_as_agendas_are", "have a small letter",
           "letter = 'c'"),
          ("a_voorstel_says_what_and_why", "have no toelichting", "toelichting = ''"),
          ("a_voorstel_says_what_and_why", "have no title", "title = ''"),
          ("a_voorstel_is_of_a_body_or_a_member", "be of both",
           "of_member_id = %(heideveld)s, body_id = (SELECT min(id) FROM "
           "membership_body)"),
          ("a_voorstel_is_withdrawn_with_a_reason", "without one",
           "withdrawn_at = now()"),
          ("a_voorstel_is_withdrawn_with_a_reason", "with a reason alone",
           "reason = 'x'"),
      ]),
    Attack("a_beslispunt_has_a_number_of_its_own", "use a number twice",
           copy(B, "id = %(beslispunt_open)s")),
    *(Attack("a_beslispunt_says_what_is_asked", tries,
             update(B, "beslispunt_open", change))
      for tries, change in [("nothing", "text = ''"), ("number 0", "number = 0")]),
    *(Attack("what_was_adopted_is_a_besluit", tries,
             update(B, "beslispunt_open", change))
      for tries, change in [
          ("without a besluit", "outcome = 'aangenomen', sentence = 'Ja.'"),
          ("without a sentence", "outcome = 'verworpen'"),
          ("a besluit that was refused", "outcome = 'verworpen', sentence = 'Nee.', "
           f"besluit_id = (SELECT min(id) FROM {BESLUIT})"),
      ]),
    *(Attack("a_beslispunt_that_was_decided_stands", tries,
             update(B, "beslispunt_decided", change), AS_TAKEN)
      for tries, change in [("say another thing", "text = 'x'"),
                            ("be refused",
                             "outcome = 'verworpen', besluit_id = null")]),
    *(Attack("a_besluit_with_a_text_stands", tries,
             update(BESLUIT, "besluit_with_text", change), AS_TAKEN)
      for tries, change in [("say another thing", "text = 'x'"),
                            ("on another day", "taken_on = taken_on + 1"),
                            ("be called otherwise", "reference = 'ALV-x'")]),
    Attack("an_amendement_has_a_number_of_its_own", "use a number twice",
           copy(M, "id = %(amendement)s")),
    Attack("an_amendement_changes_something", "change nothing",
           update(M, "amendement", "new_text = old_text")),
    Attack("what_became_of_an_amendement_has_a_moment", "at no moment",
           update(M, "amendement", "status = 'verworpen'")),
    Attack("an_amendement_that_was_settled_stands", "be adopted after all",
           update(M, "amendement_settled", "status = 'aangenomen'"), AS_TAKEN),
    Attack("an_amount_has_its_own_place_in_a_voorstel", "stand where another is",
           copy(E, "id = %(voorstel_amount)s")),
    *(Attack("an_amount_of_a_voorstel_is_for_something", tries,
             update(E, "voorstel_amount", change))
      for tries, change in [("be nothing", "euros = 0"),
                            ("be for nothing", "name = ''")]),
    *(Attack("an_amount_changes_in_a_draft_only", tries, sql, "konden lezen")
      for tries, sql in [
          ("move to what was told",
           update(E, "voorstel_amount", "voorstel_id = %(voorstel_convened)s")),
          ("come later", copy(E, "id = %(voorstel_amount)s",
                              voorstel_id="%(voorstel_convened)s")),
          *((f"{act} after the convocation",
             update(A, "assembly_draft", "status = 'convened', convened_by_id = "
                    "%(bureau)s, convened_at = starts_at - interval '30 days'") + sql)
            for act, sql in [
                ("go", f"DELETE FROM {E} WHERE id = %(voorstel_amount)s;"),
                ("change", update(E, "voorstel_amount", "euros = 1")),
            ]),
      ]),
    Attack("an_assembly_has_a_paper_once", "lay it twice",
           copy(P, "id = %(assembly_paper)s")),
    Attack("a_paper_of_an_assembly_is_not_empty", "lay an empty one",
           copy(P, "id = %(assembly_paper)s", size="0", sha256="'1'")),
    Attack("a_paper_of_an_assembly_stands", "lay another in its place",
           update(P, "assembly_paper", "sha256 = '1'"), AS_LAID),
    Attack("notulen_are_adopted_in_an_assembly", "in none",
           f"UPDATE {N} SET status = 'vastgesteld' WHERE status = 'written';"),
    Attack("another_assembly_adopts_the_notulen", "by itself",
           f"UPDATE {N} SET status = 'vastgesteld', adopted_in_id = assembly_id "
           "WHERE status = 'written';"),
    Attack("notulen_say_something", "nothing",
           f"UPDATE {N} SET text = '' WHERE status = 'written';"),
    Attack("adopted_notulen_stand", "say another thing",
           update(N, "notulen", "text = 'x'"), AS_LAID),
    Attack("a_demand_says_what_about", "about nothing",
           update(D, "assembly_demand", "subject = ''")),
    *(Attack("a_demand_ends_with_a_reason", tries, update(D, "assembly_demand", change))
      for tries, change in [
          ("without one", "ended_at = now()"),
          ("while an ALV answers it", "ended_at = now(), reason = 'x', "
           "assembly_id = %(assembly_convened)s"),
      ]),
    *(Attack("an_initiative_says_what_and_why", "say no more",
             update(G, "initiative", change))
      for change in ("subject = ''", "why = ''")),
    *(Attack("an_initiative_that_is_reached_is_a_demand", tries,
             update(G, "initiative", change))
      for tries, change in [
          ("be reached without one", "status = 'reached', ended_at = now()"),
          ("be open with one", "demand_id = %(assembly_demand)s"),
          ("be withdrawn at no moment", "status = 'withdrawn'"),
      ]),
    Attack("a_member_joins_an_initiative_once", "join twice",
           copy("membership_initiativesupport", "id = %(initiative_support)s")),
    *(Attack("a_voorstel_of_a_member_says_what_and_why", "say no more",
             update(H, "member_voorstel", f"{name} = ''"))
      for name in ("title", "beslispunten", "toelichting")),
    *(Attack("a_voorstel_of_a_member_has_an_answer", tries,
             update(H, "member_voorstel", change))
      for tries, change in [
          ("be refused without words", "status = 'refused', settled_at = now()"),
          ("be on the agenda as nothing", "status = 'on_agenda', settled_at = now()"),
          ("be answered while it waits", "answer = 'x'"),
      ]),
    Attack("voorstellen_of_members_come_before_the_assembly", "hand in during it",
           update(A, "assembly_draft", "voorstellen_until = starts_at")),
    *(Attack(f"{table.removeprefix('membership_')}_goes_only_from_a_draft",
             "take it from what was told",
             f"DELETE FROM {table} WHERE id = %({row})s;", STAYS)
      for table, row in [(V, "voorstel_convened"), (B, "beslispunt_open"),
                         (P, "assembly_paper")]),
    *(Attack(f"{table}_is_kept", "delete every row", f"DELETE FROM {table}", NEVER)
      for table in (M, N, D)),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (V, B, E, P, M, N, D)),
]  # fmt: skip
