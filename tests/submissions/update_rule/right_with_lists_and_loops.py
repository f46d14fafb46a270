def update(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    path = [start]
    x = start
    for i in range(epochs):
        x = update(x, gradient(x), learning_rate)
        path.append(x)
    return path


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = [start]
    x = start
    epoch = 0
    while epoch < max_epochs:
        if abs(gradient(x)) < tolerance:
            return path
        x = x - learning_rate * gradient(x)
        path.append(x)
        epoch = epoch + 1
    return path
