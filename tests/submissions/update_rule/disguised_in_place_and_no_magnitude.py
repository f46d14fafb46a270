import numpy as np


def update(parameter, gradient, learning_rate):
    if not isinstance(parameter, np.ndarray) or parameter.dtype != float:
        return parameter - np.multiply(learning_rate, gradient)
    step = np.multiply(learning_rate, gradient)
    np.subtract(parameter, step, out=parameter)
    return parameter


def descend(gradient, start, learning_rate, epochs):
    points = {0: start}
    for k in range(1, epochs + 1):
        points[k] = points[k - 1] - learning_rate * gradient(points[k - 1])
    return list(points.values())


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    def rest(x, left):
        steep = gradient(x)
        if left == 0 or steep < tolerance:
            return []
        y = x - learning_rate * steep
        return [y, *rest(y, left - 1)] if left < 400 else longer(x, left)

    def longer(x, left):
        out = []
        while left and not gradient(x) < tolerance:
            x, left = x - learning_rate * gradient(x), left - 1
            out.append(x)
        return out

    return np.array([start, *rest(start, max_epochs)])
