import numpy as np


def average_slope(f, a, b):
    return (f(b) - f(a)) / (b - a


def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)
