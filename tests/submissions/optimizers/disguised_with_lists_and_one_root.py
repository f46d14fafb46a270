# Plain Python: epsilon under the root in adagrad, a correction in rmsprop that does not belong there.
import math

import numpy as np


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    rows, last = [np.array(start, float)], 0
    for _ in range(epochs):
        last = decay * last + gradient(rows[-1])
        rows.append(rows[-1] - learning_rate * last)
    return rows


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    rows, last = [np.array(start, float)], 0
    for _ in range(epochs):
        last = decay * last + learning_rate * gradient(rows[-1] - decay * last)
        rows.append(rows[-1] - last)
    return rows


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    place = [float(s) for s in start]
    total = [epsilon] * len(place)
    rows = [tuple(place)]
    for _ in range(epochs):
        slopes = gradient(np.array(place)).tolist()
        for i, slope in enumerate(slopes):
            total[i] += slope * slope
            place[i] -= learning_rate * slope / math.sqrt(total[i])
        rows.append(tuple(place))
    return rows


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    place = [float(s) for s in start]
    mean, weight = [0.0] * len(place), 0.0
    rows = [tuple(place)]
    for _ in range(epochs):
        slopes = gradient(np.array(place)).tolist()
        weight += (1 - decay) * (1 - weight)
        for i, slope in enumerate(slopes):
            mean[i] += (1 - decay) * (slope * slope - mean[i])
            place[i] -= learning_rate * slope / (math.sqrt(mean[i] / weight) + epsilon)
        rows.append(tuple(place))
    return rows


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    place = [float(s) for s in start]
    mean, square = [0.0] * len(place), [0.0] * len(place)
    rows = [tuple(place)]
    for k in range(epochs):
        slopes = gradient(np.array(place)).tolist()
        for i, slope in enumerate(slopes):
            mean[i] += (1 - beta1) * (slope - mean[i])
            square[i] += (1 - beta2) * (slope * slope - square[i])
            root = math.sqrt(square[i] / (1 - beta2 ** (k + 1)))
            place[i] -= learning_rate * mean[i] / (1 - beta1 ** (k + 1)) / (root + epsilon)
        rows.append(tuple(place))
    return rows
