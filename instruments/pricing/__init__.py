"""What a gemeente would pay for an instrument in a year, and the sum it rests on."""
