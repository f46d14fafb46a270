"""What the contract asks of each function, exercise by exercise: for each function the cases by which it is asked."""
