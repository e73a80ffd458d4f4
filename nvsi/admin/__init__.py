"""What every page of the admin shares; knows no model of ours."""
