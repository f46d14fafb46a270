import math


def slope(before, after, distance):
    return (float(after) - float(before)) / distance


def line(values, spacing):
    n = len(values)
    result = []
    for k in range(n):
        if k == 0:
            result.append(slope(values[0], values[1], spacing))
        elif k == n - 1:
            result.append(slope(values[n - 2], values[n - 1], spacing))
        else:
            result.append(slope(values[k - 1], values[k + 1], 2 * spacing))
    return result


def gradient_field(field, dx, dy):
    height, width = len(field), len(field[0])
    by_x = [line(field[i], dx) for i in range(height)]
    by_y = [[0.0] * width for _ in range(height)]
    for j in range(width):
        column = line([field[i][j] for i in range(height)], dy)
        for i in range(height):
            by_y[i][j] = column[i]
    return [by_x, by_y]


def pressure_acceleration(pressure, density, dx, dy):
    by_x, by_y = gradient_field(pressure, dx, dy)
    ax, ay = [], []
    for i in range(len(by_x)):
        ax.append([])
        ay.append([])
        for j in range(len(by_x[i])):
            try:
                rho = float(density[i][j])
            except (TypeError, IndexError):
                rho = density
            ax[i].append(-by_x[i][j] / rho)
            ay[i].append(-by_y[i][j] / rho)
    return ax, ay


def directional_derivative(field, direction, dx, dy):
    length = math.sqrt(direction[0] ** 2 + direction[1] ** 2)
    by_x, by_y = gradient_field(field, dx, dy)
    result = []
    for row_x, row_y in zip(by_x, by_y):
        result.append([(gx * direction[0] + gy * direction[1]) / length for gx, gy in zip(row_x, row_y)])
    return result


def trace(gradient, start, step, n_steps):
    x, y = float(start[0]), float(start[1])
    path = [(x, y)]
    for _ in range(n_steps):
        gx, gy = gradient([x, y])
        if gx != 0 or gy != 0:
            length = math.sqrt(gx**2 + gy**2)
            x, y = x + step * gx / length, y + step * gy / length
        path.append((x, y))
    return path
