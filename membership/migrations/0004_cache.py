"""The table in which production counts rate limits, over all its processes."""

from django.db import migrations

TABLE = """
CREATE TABLE nvsi_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX nvsi_cache_expires ON nvsi_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0003_history_is_kept")]
    operations = [migrations.RunSQL(TABLE, "DROP TABLE nvsi_cache")]
