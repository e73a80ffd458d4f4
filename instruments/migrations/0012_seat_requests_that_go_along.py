"""A request for a seat that waits goes along with a gemeente that goes into another, and
with a person who turns out to be the same as another."""

from django.db import migrations

ANSWERED_ONLY = """
DROP TRIGGER a_seat_request_is_only_answered ON instruments_seatrequest;
CREATE TRIGGER a_seat_request_is_only_answered
    BEFORE UPDATE ON instruments_seatrequest FOR EACH ROW
    WHEN (OLD.status <> 'asked' OR (OLD.instrument_id, OLD.organisation_id,
        OLD.person_id, OLD.motivation, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM (NEW.instrument_id, NEW.organisation_id,
        NEW.person_id, NEW.motivation, NEW.asked_by_id, NEW.asked_at))
    EXECUTE FUNCTION instruments_seat_request_stands();
"""
OR_GOES_ALONG = """
DROP TRIGGER a_seat_request_is_only_answered ON instruments_seatrequest;
CREATE TRIGGER a_seat_request_is_only_answered
    BEFORE UPDATE ON instruments_seatrequest FOR EACH ROW
    WHEN (OLD.status <> 'asked'
        OR (OLD.instrument_id, OLD.motivation, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM (NEW.instrument_id, NEW.motivation, NEW.asked_by_id,
        NEW.asked_at)
        OR NEW.status <> 'asked' AND (OLD.organisation_id, OLD.person_id)
        IS DISTINCT FROM (NEW.organisation_id, NEW.person_id))
    EXECUTE FUNCTION instruments_seat_request_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("instruments", "0011_voorstellen_before_the_alv")]

    operations = [migrations.RunSQL(OR_GOES_ALONG, ANSWERED_ONLY)]
