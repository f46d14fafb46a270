"""Gradescope: the two scripts of an autograder, and the results that it shows."""
