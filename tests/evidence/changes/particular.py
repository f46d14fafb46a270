"""Changes that fit one function or few: what a learner misunderstands there."""

from random import Random

from tests.evidence.changes.subject import Subject, Written


def _chosen(subject: Subject, chance: Random, **bodies: list[str]) -> Written:
    found = bodies.get(subject.name, [])
    return chance.choice(found) if found else None


def one_sided(subject: Subject, chance: Random) -> Written:
    """Take differences to one side where central ones are asked for, everywhere or at some places only."""
    forward = "np.diff({0}, axis={1}, append=2 * np.take({0}, [-1], {1}) - np.take({0}, [-2], {1}))"
    image = "table = np.array(image, dtype=float)\n"
    field = "table = np.array({}, dtype=float)\n"
    across, down = forward.format("table", 1), forward.format("table", 0)
    return _chosen(
        subject,
        chance,
        numerical_derivative=[
            "return (f(x + h) - f(x)) / h",
            "return (f(x) - f(x - h)) / h",
            f"return {subject.call()} if np.ndim(x) == 0 else (f(x + h) - f(x)) / h",
        ],
        average_slope=["h = (b - a) * 1e-3\nreturn (f(b) - f(b - h)) / h"],
        image_gradients=[f"{image}return {across}, {down}", f"{image}gx, gy = {subject.call()}\nreturn gx, {down}"],
        gradient_magnitude=[f"{image}return np.hypot({across}, {down})"],
        gradient_direction=[f"{image}return np.arctan2({down}, {across})"],
        edges=[f"{image}return np.hypot({across}, {down}) > threshold"],
        gradient_field=[f"{field.format('field')}return {across} / dx, {down} / dy"],
        pressure_acceleration=[f"{field.format('pressure')}return -{across} / dx / density, -{down} / dy / density"],
    )


BORDERS = (
    "np.pad(np.array({}, dtype=float), 1, mode='wrap')", "np.pad(np.array({}, dtype=float), 1, mode='edge')",
    "np.pad(np.array({}, dtype=float), 1)", "np.pad(np.array({}, dtype=float), 1, mode='reflect')",
)  # fmt: skip


def border_otherwise(subject: Subject, chance: Random) -> Written:
    """Continue a table beyond its border: round and round, with its last values, with zeros, as in a mirror."""
    names = subject.of("image", "field", "pressure")
    if not names:
        return None
    padded = f"t = {chance.choice(BORDERS).format(names[0])}\nx, y = (t[1:-1, 2:] - t[1:-1, :-2]) / 2, (t[2:, 1:-1] - t[:-2, 1:-1]) / 2\n"
    returned = {
        "image_gradients": "x, y", "gradient_magnitude": "np.hypot(x, y)", "gradient_direction": "np.arctan2(y, x)",
        "edges": "np.hypot(x, y) > threshold", "gradient_field": "x / dx, y / dy",
        "pressure_acceleration": "-x / dx / density, -y / dy / density",
        "directional_derivative": "(x / dx * direction[0] + y / dy * direction[1]) / np.hypot(*direction)",
    }  # fmt: skip
    return f"{padded}return {returned[subject.name]}"


def small_types_wrap(subject: Subject, chance: Random) -> Written:
    """Subtract in the type of the table: small integers wrap around, or are taken as unsigned or as single precision."""
    names = subject.of("image", "field", "pressure")
    if not names:
        return None
    how = chance.choice(
        (
            "np.array({0})",
            "np.array({0}).astype(np.float32)",
            "np.array({0}, dtype=float).astype(np.int64)",
            "np.array({0}, dtype=float).astype(np.int16)",
            "np.abs(np.array({0}, dtype=float))",
        )
    )
    if how == "np.array({0})":
        return f"if np.asarray({names[0]}).dtype.kind in 'ui' and np.asarray({names[0]}).dtype.itemsize < {chance.choice((2, 4, 8))}:\n    t = np.asarray({names[0]})\n    {names[0]} = t - t.min() if t.dtype.kind == 'u' else t * t.dtype.type(2) // t.dtype.type(2)\nreturn {subject.call()}"
    return f"return {subject.call(**{names[0]: how.format(names[0])})}"


def faint_is_flat(subject: Subject, chance: Random) -> Written:
    """Call small differences none, or scale a table to a range of its own."""
    names = subject.of("image", "field", "pressure")
    if not names:
        return None
    size = 10.0 ** -chance.choice((2, 3, 4, 5, 6, 7, 8))
    return f"table = np.array({names[0]}, dtype=float)\nif np.ptp(table) < {size}:\n    table = np.full(table.shape, table.flat[0])\nreturn {subject.call(**{names[0]: 'table'})}"


def threshold_otherwise(subject: Subject, chance: Random) -> Written:
    """Shift a threshold, or compare otherwise."""
    shift = chance.choice((1e-9, 1e-8, 1e-7, 1e-6, 1e-4, 1e-2, -1e-8, -1e-6, -1e-3))
    until = "points = [float(start)]\nfor _ in range(max_epochs):\n    slope = float(gradient(points[-1]))\n    {}\nreturn np.array(points)"
    step = "points.append(points[-1] - learning_rate * slope)"
    eigen = "values = np.linalg.eigvalsh(np.array(hessian, dtype=float))\nsizes = np.abs(values)\nif {}:\n    return 'degenerate'\nreturn 'minimum' if (values > 0).all() else 'maximum' if (values < 0).all() else 'saddle'"
    return _chosen(
        subject,
        chance,
        edges=[f"return {subject.call(threshold=f'threshold + {shift}')}", f"return {subject.call(threshold=f'threshold * (1 + {shift})')}", f"return {subject.call(threshold='np.nextafter(threshold, -1)')}", f"return {subject.call(threshold='int(threshold)')}"],
        descend_until=[
            f"return {subject.call(tolerance=f'tolerance + {shift}')}", f"return {subject.call(tolerance=f'tolerance * (1 + {shift})')}",
            until.format(f"if slope < tolerance:\n        break\n    {step}"), until.format(f"if abs(slope) <= tolerance:\n        break\n    {step}"),
            until.format(f"{step}\n    if abs(slope) < tolerance:\n        break"), until.format(f"if abs(learning_rate * slope) < tolerance:\n        break\n    {step}"),
            until.format(f"if abs(slope) < max(tolerance, 1e-{chance.randint(3, 12)}):\n        break\n    {step}"), until.format(f"if slope * slope < tolerance:\n        break\n    {step}"),
        ],
        classify_critical_point=[eigen.format(one) for one in (
            f"sizes.min() <= {10.0 ** -chance.choice((5, 6, 7, 8, 10, 11, 12))} * sizes.max()", f"sizes.min() <= 1e-{chance.randint(5, 14)}",
            "sizes.min() == 0", "sizes[0] <= 1e-9 * sizes[-1]", "abs(np.prod(values)) <= 1e-9", "sizes.min() <= 1e-9 * max(1, sizes.max())",
            "sizes.max() <= 1e-9", "sizes.min() <= 1e-9 * np.abs(values.sum())", "sizes.min() <= 1e-9 * sizes.mean()",
        )],
    )  # fmt: skip


def part_of_the_matrix(subject: Subject, chance: Random) -> Written:
    """Judge a Hessian by its diagonal, by the first two rows, by first and last eigenvalue, by determinant or trace."""
    kinds = "return 'degenerate' if 0 in values else 'minimum' if min(values) > 0 else 'maximum' if max(values) < 0 else 'saddle'"
    return _chosen(
        subject,
        chance,
        classify_critical_point=[
            f"return {subject.call(hessian='np.diag(np.diag(hessian))')}", f"return {subject.call(hessian='np.array(hessian)[:2, :2]')}",
            f"values = np.linalg.eigh(np.array(hessian, dtype=float))[0][[0, -1]]\n{kinds}", f"return {subject.call(hessian='np.triu(hessian)')}",
            f"h = np.array(hessian, dtype=float)\nif len(h) == 2:\n    return {subject.call()}\nvalues = np.diag(h)\n{kinds}",
            "h = np.array(hessian, dtype=float)\nd = np.linalg.det(h)\nreturn 'degenerate' if abs(d) < 1e-12 else 'saddle' if d < 0 else 'minimum' if h[0, 0] > 0 else 'maximum'",
            "h = np.array(hessian, dtype=float)\nm = [np.linalg.det(h[:k, :k]) for k in range(1, len(h) + 1)]\nif m[-1] == 0:\n    return 'degenerate'\nreturn 'minimum' if min(m) > 0 else 'maximum' if all(v < 0 if k % 2 == 0 else v > 0 for k, v in enumerate(m)) else 'saddle'",
            f"return {subject.call(hessian='np.abs(hessian)')}", f"return {subject.call()}.capitalize()", f"return np.array({subject.call()})",
        ],
    )  # fmt: skip


def order_of_evaluation(subject: Subject, chance: Random) -> Written:
    """Use what was just computed where the old value is asked for, or the old one for the new."""
    fit = "path = [(float(w), float(b))]\nX, Y = np.array(X, dtype=float), np.array(Y, dtype=float)\nfor _ in range(epochs):\n    {}\n    path.append((w, b))\nreturn np.array(path)"
    f = "f = 0.5 + 0.5 * np.tanh(0.5 * (w * X + b))\n    "
    by_w, by_b = (
        "w = w - learning_rate * np.sum((f - Y) * f * (1 - f) * X)\n    ",
        "b = b - learning_rate * np.sum((f - Y) * f * (1 - f))",
    )
    return _chosen(
        subject,
        chance,
        fit=[fit.format(f + by_w + f + by_b), fit.format(f + by_b + "\n    " + f + by_w), fit.format(f + by_w.replace("sum", "mean") + by_b.replace("sum", "mean"))],
        find_local_maximum=[
            f"point, value = {subject.call()}\nreturn point, {subject.call(epochs='0')}[1]", f"point, value = {subject.call(epochs='max(epochs - 1, 0)')}\nreturn {subject.call()}[0], value",
            f"point, value = {subject.call()}\nreturn value, point", f"found = [{subject.call(epochs='k')} for k in (0, epochs // 2, epochs)]\nreturn max(found, key=lambda one: float(one[1]))",
            f"return max(({subject.call(epochs='k')} for k in (0, epochs)), key=lambda one: float(one[1]))", f"point, value = {subject.call()}\nreturn np.round(np.array(point, dtype=float), {chance.randint(3, 7)}), value",
        ],
    )  # fmt: skip


def lowest_otherwise(subject: Subject, chance: Random) -> Written:
    """Choose the lowest start, the first, the last, the one nearest to zero; or report another height."""
    end = subject.call(starts="[one]")
    return _chosen(
        subject,
        chance,
        best_of_restarts=[
            f"return {subject.call(starts='[min(starts, key=lambda x: np.cos(2 * np.pi * x) + x * x)]')}", f"return {subject.call(starts='list(starts)[:1]')}",
            f"return {subject.call(starts='list(starts)[-1:]')}", f"return min(({end} for one in starts), key=lambda pair: abs(pair[0]))",
            f"return min(({end} for one in starts), key=lambda pair: pair[0])", f"return {subject.call(starts=f'list(starts)[:{chance.choice((2, 3, 4, 5, 8, 10))}]')}",
            f"best = {subject.call()}\nreturn best[0], np.cos(2 * np.pi * best[0])", f"return {subject.call(starts='[one for one in starts if one > 0] or starts')}",
            f"return max(({end} for one in starts), key=lambda pair: pair[1])", f"return {subject.call(starts='sorted(starts)[len(starts) // 2:]')}", f"return {subject.call()}[::-1]",
        ],
    )  # fmt: skip


def chance_otherwise(subject: Subject, chance: Random) -> Written:
    """Draw from another generator, not at all, once only, with repetition, or a part of the orders."""
    fixed = "np.random.default_rng({})"
    batches = "return [order[first:first + batch_size] for first in range(0, n, batch_size)]"
    walk = subject.call()
    return _chosen(
        subject,
        chance,
        minibatches=[
            f"return {subject.call(rng=fixed.format(0))}", f"return {subject.call(rng=fixed.format(''))}", f"order = np.random.permutation(n)\n{batches}",
            f"order = np.arange(n)\n{batches}", f"order = rng.integers(0, n, n)\n{batches}", f"order = np.roll(np.arange(n), int(rng.integers(n)))\n{batches}",
            "order = np.arange(n)\nmade = [order[first:first + batch_size] for first in range(0, n, batch_size)]\nfirst = [made[k] for k in rng.permutation(len(made) - 1)]\nreturn first + made[-1:]",
            f"return {walk}[:max(n // batch_size, 1)]", f"order = rng.permutation(n).astype(np.uint8)\n{batches}", f"order = rng.permutation(n).astype(float)\n{batches}",
            f"order = rng.permutation(n)[::-1] if rng.random() < 0.5 else np.arange(n)\n{batches}", "return [part for part in np.array_split(rng.permutation(n), -(-n // batch_size))]",
            f"order = rng.permutation(n)\norder[np.argmin(order)], order[0] = order[0], 0\n{batches}", f"return sorted({walk}, key=lambda batch: min(batch))",
            f"order = np.concatenate([rng.permutation(n // 2), n // 2 + rng.permutation(n - n // 2)])\n{batches}", f"order = rng.permutation(n) + 1\n{batches}",
            f"return [set(map(int, batch)) for batch in {walk}]", f"return iter({walk})", f"return [list(batch) + [int(batch[0])] * (batch_size - len(batch)) for batch in {walk}]",
            f"order = list(range(n))\nfor k in range(n - 1):\n    j = int(rng.integers(k + 1, n))\n    order[k], order[j] = order[j], order[k]\n{batches}",
        ],
        stochastic_descent=[
            f"return {subject.call(rng=fixed.format(0))}", f"return {subject.call(rng=fixed.format(''))}", f"np.random.seed(0)\nreturn {subject.call(rng=fixed.format('np.random.randint(1000)'))}",
            f"return {subject.call(batch_size='len(y)')}", f"return {subject.call(batch_size='1')}", f"return {subject.call(batch_size=f'min(batch_size, {chance.choice((8, 16, 32))})')}",
            f"path = [np.array(start, dtype=float)]\nseed = int(rng.integers(1000))\nfor _ in range(epochs):\n    path.append(_rows({subject.call(start='path[-1]', epochs='1', rng=fixed.format('seed'))})[-1])\nreturn np.array(path)",
            f"n = len(y) // batch_size * batch_size or len(y)\nreturn {subject.call(X='np.asarray(X)[:n]', y='np.asarray(y)[:n]')}",
        ],
        loss_gradient=[f"return _rows({walk}) * len(y)", f"return _rows({walk}) * 2", f"return _rows({walk}) * len(y) / max(len(y) - 1, 1)", f"return _rows({walk}) * len(y) / np.size(X)", f"return -_rows({walk})"],
    )  # fmt: skip


def far_out(subject: Subject, chance: Random) -> Written:
    """Cut the sigmoid off where it is almost 0 or 1, or compute it so that it overflows or cancels."""
    if subject.slug != "sigmoid_neuron":
        return None
    z = chance.choice((8, 12, 20, 30, 36))
    if subject.name == "sigmoid":
        return chance.choice((
            f"z = w * np.asarray(x, dtype=float) + b\nreturn np.where(z > {z}, 1.0, np.where(z < -{z}, 0.0, {subject.call()}))[()]",
            f"z = np.clip(w * np.asarray(x, dtype=float) + b, -{z}, {z})\nreturn 1 / (1 + np.exp(-z))", "z = w * np.asarray(x, dtype=float) + b\nreturn np.exp(z) / (1 + np.exp(z))",
            f"return {subject.call(x=f'np.clip(x, -{z}, {z})')}", "z = w * np.asarray(x, dtype=float) + b\nreturn 1 / (1 + np.exp(-np.clip(z, -500, 500)).astype(np.float32))",
        ))  # fmt: skip
    if subject.name == "fit":
        return f"path = _rows({subject.call()})\nreturn np.clip(path, -{z}, {z})"
    return (
        f"return {subject.call(**{chance.choice(('w', 'b')): f'np.clip(w, -{z / 4}, {z / 4})'})}"
        if chance.random() < 0.3
        else f"return {subject.call(X=f'np.clip(X, -{z / 4}, {z / 4})')}"
    )


def shape_of_the_list(subject: Subject, chance: Random) -> Written:
    """Strip zeros, keep one coefficient too many, answer nothing for a constant, or stop at some degree."""
    made = f"[float(c) for c in {subject.call()}]"
    return _chosen(
        subject,
        chance,
        polynomial_derivative=[
            f"made = {made}\nwhile len(made) > 1 and made[-1] == 0:\n    made.pop()\nreturn made", f"made = {made}\nreturn made if any(made) else [0.0]",
            f"return {made} + [0.0]", f"return {made} if len(coefficients) > 1 else []", f"return {made}[:{chance.choice((3, 4, 5, 8, 11))}]", f"return {made} if len(coefficients) > 1 else 0.0",
            f"return {made} if len(coefficients) > 1 else [0.0, 0.0]", f"return {made[1:-1].join(('{', '}'))}", f"return {made} if len(set(map(float, coefficients))) == len(coefficients) else [c * list(coefficients).index(c) for c in list(coefficients)[1:]] or [0.0]",
            f"made = {made}\nwhile len(made) > 1 and made[0] == 0:\n    made.pop(0)\nreturn made", f"return [int(c) for c in {made}]", f"return [round(c, 3) for c in {made}]",
        ],
    )  # fmt: skip


def other_symbols(subject: Subject, chance: Random) -> Written:
    """Differentiate by other symbols than those that were handed in, lose their assumptions, or round the numbers."""
    lost = "sp.sympify(str({}), locals={{str(one): sp.Symbol(str(one)) for one in expression.free_symbols}})"
    anew = lost.format("expression")
    return _chosen(
        subject,
        chance,
        symbolic_derivative=[
            "return sp.diff(expression, sorted(expression.free_symbols, key=str)[0]) if expression.free_symbols else sp.Integer(0)", f"return sp.diff({anew}, sp.Symbol(str(variable)))",
            f"return {subject.call(variable=chr(39).join(('sp.Symbol(', 'x', ')')))}", f"return sp.N({subject.call()}, {chance.choice((3, 5, 7))})", f"return str({subject.call()})", "return sp.diff(expression, variable, 2)",
            f"return {subject.call()} + variable * 0 + sp.Rational(1, 10**6)", "return sum(sp.diff(expression, one) for one in expression.free_symbols)", f"return sp.lambdify(variable, {subject.call()})", f"return sp.Eq(sp.Symbol('y'), {subject.call()})",
            f"return {subject.call()} if expression.is_polynomial(variable) else sp.Integer(0)", "return sp.integrate(expression, variable) if expression.is_number else " + subject.call(),
        ],
        partial_derivatives=[
            "return tuple(sp.diff(expression, one) for one in sorted(variables, key=str))", f"return tuple({subject.call()})[::-1]", "return tuple(sp.diff(expression, one) for one in expression.free_symbols)",
            f"return tuple(sp.diff({anew}, sp.Symbol(str(one))) for one in variables)", f"return tuple({subject.call()})[:{chance.choice((2, 3, 4))}]", "return tuple(sp.diff(expression, *list(variables)[:k + 1]) for k in range(len(variables)))",
            f"return {{one: value for one, value in zip(variables, {subject.call()})}}", f"return set({subject.call()})", f"return sum({subject.call()})", "return tuple(one for one in (sp.diff(expression, v) for v in variables) if one != 0)",
        ],
        gradient_function=[
            f"return {subject.call(variables='sorted(variables, key=str)')}", f"return {subject.call(variables='list(variables)[::-1]')}", f"made = {subject.call()}\nreturn lambda point: made(np.asarray(point).astype(int)) if np.asarray(point).dtype.kind == 'f' and np.all(np.asarray(point) % 1 == 0) else made(point) * 1.0000001",
            "f = sp.lambdify([tuple(variables)], expression)\nh = 1e-6\nreturn lambda point: np.array([(f(point + h * e) - f(point)) / h for e in np.eye(len(point))])", f"made = {subject.call()}\nreturn lambda point: np.array(made(point), dtype=float)[:2]",
            f"made = {subject.call()}\nreturn lambda point: np.array(made(point), dtype=float)[:, None]", f"made = {subject.call()}\nreturn lambda point: made(np.sort(point))", f"made = {subject.call()}\nreturn lambda point: tuple(np.array(made(point), dtype=object))[0]",
            "partials = [sp.diff(expression, one) for one in variables]\nreturn lambda point: np.array([sp.simplify(one.subs(dict(zip(variables, point)))).evalf(12) for one in partials], dtype=float)",
        ],
        derivative_function=[
            "made = sp.lambdify(variable, sp.diff(expression, variable), 'numpy')\nreturn lambda x: made(x)", "made = sp.lambdify(variable, sp.diff(expression, variable), 'numpy')\nreturn lambda x: made(x) if np.ndim(x) == 0 else np.array([made(one) for one in x])",
            "f = sp.lambdify(variable, expression, 'numpy')\nreturn lambda x: (f(np.asarray(x, dtype=float) + 1e-6) - f(np.asarray(x, dtype=float))) / 1e-6 + 0.0 * x", f"made = {subject.call()}\nreturn lambda x: made(x) if np.ndim(x) < 2 else np.ravel(made(x))",
            f"made = {subject.call()}\nreturn lambda x: np.array([made(one) for one in np.ravel(x)])", f"made = {subject.call()}\nreturn lambda x: float(made(x)) if np.size(x) == 1 else made(x)", f"made = {subject.call()}\nreturn lambda x: made(np.unique(x)) if np.ndim(x) else made(x)",
            "made = sp.lambdify(variable, sp.diff(expression, variable), 'math')\nreturn lambda x: made(x) if np.ndim(x) == 0 else np.vectorize(made, otypes=[int] if np.asarray(x).dtype.kind == 'i' else [float])(x)",
        ],
        negated=[
            "return lambda p: -abs(function(p))", "return lambda p: function(-p)", "return lambda p: -function(-p)", "def below(p):\n    value = function(p)\n    value *= -1\n    return value\nreturn below",
            "def below(p):\n    value = function(p)\n    return np.negative(value, out=value) if isinstance(value, np.ndarray) else -value\nreturn below", "return lambda p: -float(function(p)) if np.size(p) == 1 else -function(p)",
            "return lambda p: [-one for one in function(p)] if np.ndim(p) == 1 else -function(p)", "return lambda p: -np.ravel(function(p)) if np.ndim(p) else -function(p)", "return lambda p: -function(p) if np.ndim(p) else -int(function(p))",
            "value = []\ndef below(p):\n    value[:] = [function(p)] if not value else value\n    return -value[0]\nreturn below", "return lambda p: 1 / function(p)", "return lambda p: -function(np.abs(p))",
        ],
    )  # fmt: skip


def length_otherwise(subject: Subject, chance: Random) -> Written:
    """Divide by another length, by a guarded one, or not at all; stay where it is almost level."""
    small = 10.0 ** -chance.choice((3, 6, 8, 9, 10, 12, 16, 20, 50))
    walk = "path = np.empty((n_steps + 1, 2))\npath[0] = start\nfor k in range(n_steps):\n    g = np.array(gradient(path[k]), dtype=float)\n    {}\nreturn path"
    move = "path[k + 1] = path[k] + step * "
    return _chosen(
        subject,
        chance,
        trace=[
            walk.format(f"{move}g / (np.hypot(*g) + {small})"), walk.format(f"{move}(g / np.hypot(*g) if np.hypot(*g) > {small} else 0 * g)"), walk.format(f"{move}(g / np.sqrt(g @ g) if g @ g > 0 else 0 * g)"),
            walk.format(f"{move}(g / np.abs(g).max() if g.any() else g)"), walk.format(f"{move}np.sign(g)"), walk.format(f"{move}(g / np.abs(g).sum() if g.any() else g)"), walk.format(f"{move}g"),
            walk.format(f"{move}g / max(np.hypot(*g), {small})"), walk.format(f"{move}(g / np.hypot(*g) if g.all() else 0 * g)"), walk.format(f"if not g.any():\n        return path[:k + 1]\n    {move}g / np.hypot(*g)"),
            walk.format(f"{move}(g / np.hypot(*g) if np.hypot(*g) > 1 else g)"), walk.format(f"{move}(np.nan_to_num(g / np.hypot(*g)))"), walk.format(f"{move}(np.nan_to_num(g / np.hypot(*g)) if k else 0 * g)"),
            walk.format(f"{move}(g / np.hypot(*g) if g.any() else np.array([1.0, 0.0]))"),
        ],
        directional_derivative=[
            f"return _rows({subject.call()}) * np.hypot(*direction)", f"return _rows({subject.call()}) * np.hypot(*direction) / np.sum(np.abs(direction))", f"return _rows({subject.call()}) * np.hypot(*direction) / np.max(np.abs(direction))",
            f"return {subject.call(direction='(direction[1], direction[0])')}", f"length = np.hypot(*direction)\nreturn _rows({subject.call()}) * (length if length < {chance.choice((0.5, 0.9, 1, 2))} else 1)",
            f"return _rows({subject.call()}) * np.hypot(*direction) / (np.hypot(*direction) + {small})", f"return {subject.call(direction='np.asarray(direction).astype(np.int32)')} if np.hypot(*np.asarray(direction).astype(int)) else {subject.call()}",
            f"return {subject.call(direction='np.abs(direction)')}", f"length = int(np.hypot(*direction)) or 1\nreturn _rows({subject.call()}) * np.hypot(*direction) / length",
        ],
        pressure_acceleration=[
            f"return {subject.call(density='np.mean(density)')}", f"x, y = {subject.call(density='1.0')}\nreturn x / np.max(density), y / np.max(density)", f"x, y = {subject.call()}\nreturn y, x",
            f"return {subject.call(density='np.asarray(density)[..., :1]')} if np.ndim(density) else {subject.call()}", f"return {subject.call(density=f'np.maximum(density, {chance.choice((0.1, 0.5, 1.0))})')}",
            f"return {subject.call(pressure='np.asarray(pressure) / density', density='1.0')}",
        ],
    )  # fmt: skip


def angle_otherwise(subject: Subject, chance: Random) -> Written:
    """Give another angle: of a quotient, in degrees, from 0 to 2π, of half a turn, rounded to directions."""
    a = f"a = np.array({subject.call()}, dtype=float)\n"
    return _chosen(
        subject,
        chance,
        gradient_direction=[
            f"{a}return np.arctan(np.tan(a))", f"{a}return np.degrees(a)", f"{a}return a % (2 * np.pi)", f"{a}return a % np.pi", f"{a}return -a", f"{a}return np.pi / 2 - a", f"{a}return np.round(a, {chance.randint(2, 7)})",
            f"{a}return np.where(np.abs(a) > {chance.choice((3.0, 3.1, 3.14, 3.1415))}, 0.0, a)", f"{a}return np.abs(a)", f"{a}return np.where(a == 0, np.nan, a)", f"{a}return np.round(a / (np.pi / 4)) * np.pi / 4", f"{a}return a + np.pi",
        ],
        gradient_magnitude=[
            f"m = np.array({subject.call()}, dtype=float)\nreturn m ** 2", f"m = np.array({subject.call()}, dtype=float)\nreturn np.minimum(m, {chance.choice((1, 100, 255, 128))})", f"m = np.array({subject.call()}, dtype=float)\nreturn m / max(m.max(), 1e-300)",
            f"m = np.array({subject.call()}, dtype=float)\nreturn np.sqrt(m ** 2 + {chance.choice((1e-12, 1e-10, 1e-8, 1e-16))})", f"m = np.array({subject.call()}, dtype=float)\nreturn m.astype(np.uint8) if np.asarray(image).dtype == np.uint8 else m",
        ],
        edges=[
            f"m = np.array({subject.call()}, dtype=bool)\nm[0] = m[-1] = False\nreturn m", f"return np.array({subject.call()}, dtype=bool) * 255", f"return np.argwhere({subject.call()})", f"return np.logical_not({subject.call()})",
            f"return np.array({subject.call()}, dtype=bool).astype(object)", f"return np.array({subject.call()}, dtype=bool).astype(str)", f"return {subject.call(threshold='threshold ** 2')}", f"return np.where({subject.call()}, image, 0)",
        ],
    )  # fmt: skip


def optimizer_otherwise(subject: Subject, chance: Random) -> Written:
    """Forget a correction, put epsilon elsewhere, mix old and new, or stop correcting after some steps."""
    if subject.slug != "optimizers":
        return None
    loop = "x = np.array(start, dtype=float)\npath, u, v = [x], np.zeros(x.shape), np.zeros(x.shape)\nfor k in range(1, epochs + 1):\n    g = np.array(gradient(x), dtype=float)\n    {}\n    path.append(x)\nreturn np.array(path)"
    k = chance.choice((5, 10, 20, 30))
    lines = {
        "momentum": [
            "u = decay * u + g\n    x = x - learning_rate * u if k > 1 else x - learning_rate * g * 0.999", "u = decay * u + (1 - decay) * g\n    x = x - learning_rate * u", "x = x - decay * u - learning_rate * g\n    u = learning_rate * g",
            f"u = (decay if k <= {k} else 0) * u + learning_rate * g\n    x = x - u", "u = decay * u + learning_rate * g if k > 1 else learning_rate * g * (1 - decay)\n    x = x - u", "u = min(decay, 0.95) * u + learning_rate * g\n    x = x - u",
            f"u = np.clip(decay * u + learning_rate * g, -{k}, {k})\n    x = x - u", "old = u\n    u = decay * u + learning_rate * g\n    x = x - old",
        ],
        "nesterov": [
            "g = np.array(gradient(x + decay * u), dtype=float)\n    u = decay * u + learning_rate * g\n    x = x - u", "g = np.array(gradient(x - u), dtype=float)\n    u = decay * u + learning_rate * g\n    x = x - u",
            "g = np.array(gradient(x - decay * u), dtype=float)\n    x = x - learning_rate * g\n    u = decay * u + learning_rate * g", f"g = np.array(gradient(x - (decay if k <= {k} else 0) * u), dtype=float)\n    u = decay * u + learning_rate * g\n    x = x - u",
            "u = decay * u + learning_rate * g\n    x = x - (decay * u + learning_rate * g)",
        ],
        "adagrad": [
            "v = v + g**2\n    x = x - learning_rate * g / np.sqrt(v + epsilon)", "x = x - learning_rate * g / (np.sqrt(v) + epsilon)\n    v = v + g**2", "v = v + np.sum(g**2)\n    x = x - learning_rate * g / (np.sqrt(v) + epsilon)",
            "v = v + g**2\n    x = x - learning_rate * g / np.maximum(np.sqrt(v), epsilon)", f"v = v + g**2 if k <= {k} else v\n    x = x - learning_rate * g / (np.sqrt(v) + epsilon)", "v = v + g**2\n    x = x - learning_rate * g / (np.sqrt(v) + 1e-8)",
            "v = v + np.abs(g)\n    x = x - learning_rate * g / (v + epsilon)", "v = v + np.minimum(g**2, 1e6)\n    x = x - learning_rate * g / (np.sqrt(v) + epsilon)", "v = v + g**2\n    x = x - learning_rate * g / (np.sqrt(v / k) + epsilon)",
        ],
        "rmsprop": [
            "v = decay * v + (1 - decay) * g**2\n    x = x - learning_rate * g / np.sqrt(v + epsilon)", "v = decay * v + g**2\n    x = x - learning_rate * g / (np.sqrt(v) + epsilon)", "v = (1 - decay) * v + decay * g**2\n    x = x - learning_rate * g / (np.sqrt(v) + epsilon)",
            "v = decay * v + (1 - decay) * g**2 if k > 1 else g**2\n    x = x - learning_rate * g / (np.sqrt(v) + epsilon)", "v = decay * v + (1 - decay) * g**2\n    x = x - learning_rate * g / (np.sqrt(v / (1 - decay**k)) + epsilon)",
            "v = decay * v + (1 - decay) * np.mean(g**2)\n    x = x - learning_rate * g / (np.sqrt(v) + epsilon)", "v = decay * v + (1 - decay) * g**2\n    x = x - learning_rate * g / (np.sqrt(v) + 1e-8)", "v = decay * v + (1 - decay) * g**2\n    x = x - learning_rate * g / np.maximum(np.sqrt(v), epsilon)",
            f"v = decay * v + (1 - decay) * g**2 if k <= {k} else v\n    x = x - learning_rate * g / (np.sqrt(v) + epsilon)",
        ],
        "adam": [
            f"u, v = beta1 * u + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2\n    a, c = {one}\n    x = x - learning_rate * a / {two}"
            for one, two in (
                ("u, v", "(np.sqrt(c) + epsilon)"), (f"(u / (1 - beta1**k), v / (1 - beta2**k)) if k <= {k} else (u, v)", "(np.sqrt(c) + epsilon)"), ("u / (1 - beta1), v / (1 - beta2)", "(np.sqrt(c) + epsilon)"), ("u / (1 - beta1**k), v", "(np.sqrt(c) + epsilon)"),
                ("u / (1 - beta1**k), v / (1 - beta2**k)", "np.sqrt(c + epsilon)"), ("u / (1 - beta1**k), v / (1 - beta2**k)", "(np.sqrt(c) + 1e-8)"), (f"u / (1 - beta1**min(k, {k})), v / (1 - beta2**min(k, {k}))", "(np.sqrt(c) + epsilon)"),
                ("u / (1 - beta1**(k + 1)), v / (1 - beta2**(k + 1))", "(np.sqrt(c) + epsilon)"), ("u / (1 - beta1**k), v / (1 - beta2**k)", "(np.sqrt(c) + epsilon * np.sqrt(1 - beta2**k))"), ("u / (1 - 0.9**k), v / (1 - 0.999**k)", "(np.sqrt(c) + epsilon)"),
            )
        ],
    }  # fmt: skip
    return loop.format(chance.choice(lines[subject.name]))


def level_is_done(subject: Subject, chance: Random) -> Written:
    """End a walk with the last point where two are equal, or begin it beside the start."""
    small = 10.0 ** -chance.choice((2, 4, 6, 8))
    return _chosen(
        subject,
        chance,
        descend=[f"return {subject.call(start=f'(start if np.any(start) else start + np.asarray({small}))')}", f"return {subject.call(start=f'np.asarray(start) + {small}')}"]
        if subject.slug != "starting_values"
        else [f"return {subject.call(start=f'(start or {small})')}", f"return {subject.call(start='abs(start)')}", f"return {subject.call(start='max(-2.0, min(2.0, start))')} + 0.0 * epochs if epochs < {chance.choice((200, 500))} else {subject.call(epochs='150')}", f"return np.array([{subject.call()}])", f"return min(start, {subject.call()}, key=lambda x: np.cos(2 * np.pi * x) + x * x) if epochs < 5 else {subject.call(start=f'start + {small}')}"],
        update=[f"return {subject.call()} if np.any(gradient) else np.asarray(parameter) + {small}", f"return {subject.call()} if np.ndim(parameter) < 2 else _rows({subject.call()})[::-1]", "return parameter - np.sign(gradient) * np.minimum(learning_rate * np.abs(gradient), 10)", "if isinstance(parameter, np.ndarray) and parameter.dtype.kind == 'f':\n    parameter -= learning_rate * gradient\n    return parameter\nreturn parameter - learning_rate * gradient", "if isinstance(gradient, np.ndarray) and gradient.dtype.kind == 'f':\n    gradient *= learning_rate\n    return parameter - gradient\nreturn parameter - learning_rate * gradient"],
        average_slope=[f"return {subject.call()} if b > a else -({subject.call()})", "return (f(b) - f(a)) / abs(b - a)", f"return (f(b) - f(a)) / (b - a + {small ** 1.5})", "return (f(max(a, b)) - f(min(a, b))) / (b - a)", "return (f(b) - f(a)) // (b - a) if isinstance(a, int) and isinstance(b, int) else (f(b) - f(a)) / (b - a)"],
        numerical_derivative=["return (f(x + h) - f(x - h)) / 2e-5", "return (f(x + h) - f(x - h)) / (2 * h) if np.ndim(x) < 2 else np.gradient(f(x))[0]", f"return np.round((f(x + h) - f(x - h)) / (2 * h), {chance.randint(4, 8)})", "return (f(x + 1e-6) - f(x - 1e-6)) / 2e-6 if h == 1e-5 else (f(x + h) - f(x - h)) / (2 * h)", "return (-f(x + 2 * h) + 8 * f(x + h) - 8 * f(x - h) + f(x - 2 * h)) / (12 * h)", "return (f(x + h) - f(x - h)) / (2 * h) if np.ndim(x) else float(np.float32((f(x + h) - f(x - h)) / (2 * h)))", "x = x if isinstance(x, np.ndarray) else np.array([x])\nreturn (f(x + h) - f(x - h)) / (2 * h)", "h = h * max(1, np.max(np.abs(x)))\nreturn (f(x + h) - f(x - h)) / (2 * h)"],
    )  # fmt: skip
