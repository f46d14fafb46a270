import statistics


def mean(values):
    return statistics.fmean(values)


def median(values):
    return statistics.median(values)


def centres(samples, statistic):
    found = []
    for sample in samples:
        found.append(statistic(sample))
    return found
