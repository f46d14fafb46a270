from math import atan2, hypot


def steps(values):
    if len(values) == 1:
        return ()
    return (values[1] - values[0], *steps(values[1:]))


def means(values):
    if len(values) == 1:
        return ()
    return ((values[0] + values[1]) / 2, *means(values[1:]))


def slopes(values):
    between = steps(values)
    return (between[0], *means(between), between[-1])


def image_gradients(image):
    rows = [[float(value) for value in row] for row in image]
    gx = tuple(slopes(row) for row in rows)
    gy = tuple(zip(*(slopes(column) for column in zip(*rows))))
    return gx, gy


def combined(function, image):
    gx, gy = image_gradients(image)
    return tuple(tuple(map(function, *pair)) for pair in zip(gx, gy))


def gradient_magnitude(image):
    return combined(hypot, image)


def gradient_direction(image):
    return combined(lambda a, b: atan2(b, a), image)


def edges(image, threshold):
    return combined(lambda a, b: hypot(a, b) > threshold, image)
