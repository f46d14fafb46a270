def update(parameter, gradient, learning_rate)
    return parameter - learning_rate * gradient
