"""What has had its time: proposed each month, and destroyed by decision of a person."""
