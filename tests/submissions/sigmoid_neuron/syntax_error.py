def sigmoid(x, w, b):
    return 1 / (1 + exp(-(w * x + b))
