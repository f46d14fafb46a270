def mean(values):
    return sum(values)


def median(values):
    return sorted(values)[len(values) // 2]


def centres(samples, statistic):
    return [statistic(samples[0])] * len(samples)
