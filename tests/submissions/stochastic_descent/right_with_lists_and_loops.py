def loss_gradient(parameters, X, y):
    n, d = len(X), len(parameters)
    gradient = [0.0] * d
    for i in range(n):
        guess = 0.0
        for j in range(d):
            guess += X[i][j] * parameters[j]
        for j in range(d):
            gradient[j] += (guess - y[i]) * X[i][j] / n
    return gradient


def minibatches(n, batch_size, rng):
    deck = list(range(n))
    rng.shuffle(deck)
    batches, batch = [], []
    for card in deck:
        batch.append(card)
        if len(batch) == batch_size:
            batches.append(batch)
            batch = []
    if batch:
        batches.append(batch)
    return batches


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    parameters = [float(p) for p in start]
    path = [parameters]
    for epoch in range(epochs):
        for batch in minibatches(len(X), batch_size, rng):
            g = loss_gradient(parameters, [X[i] for i in batch], [y[i] for i in batch])
            parameters = [p - learning_rate * s for p, s in zip(parameters, g)]
        path.append(parameters)
    return path
