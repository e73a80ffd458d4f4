"""What has had its time: proposed each month, and destroyed when two people decide."""
