import math


def image_gradients(image):
    height = len(image)
    width = len(image[0])
    gx = []
    gy = []
    for y in range(height):
        row_x = []
        row_y = []
        for x in range(width):
            if x == 0:
                row_x.append(float(image[y][1]) - float(image[y][0]))
            elif x == width - 1:
                row_x.append(float(image[y][x]) - float(image[y][x - 1]))
            else:
                row_x.append((float(image[y][x + 1]) - float(image[y][x - 1])) / 2)
            if y == 0:
                row_y.append(float(image[1][x]) - float(image[0][x]))
            elif y == height - 1:
                row_y.append(float(image[y][x]) - float(image[y - 1][x]))
            else:
                row_y.append((float(image[y + 1][x]) - float(image[y - 1][x])) / 2)
        gx.append(row_x)
        gy.append(row_y)
    return [gx, gy]


def gradient_magnitude(image):
    gx, gy = image_gradients(image)
    return [[math.sqrt(a**2 + b**2) for a, b in zip(row_x, row_y)] for row_x, row_y in zip(gx, gy)]


def gradient_direction(image):
    gx, gy = image_gradients(image)
    return [[math.atan2(b, a) for a, b in zip(row_x, row_y)] for row_x, row_y in zip(gx, gy)]


def edges(image, threshold):
    mask = []
    for row in gradient_magnitude(image):
        mask.append([])
        for value in row:
            if value > threshold:
                mask[-1].append(1)
            else:
                mask[-1].append(0)
    return mask
