// Cosines and sines of many angles, the tables made of them, and logarithms.

namespace bornite::statevector {
namespace {

/// Beyond this angle the three parts of pi/2 below no longer reduce it exactly.
constexpr double largest_reduced = 1e5;
constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
constexpr double to_integer = 0x1.8p52;  // adding it leaves the nearest integer in the low bits
// pi/2 in parts of 33 bits (the last of 53), so that products with the number of quarter turns are exact; after
// Cody and Waite, with the numbers of FreeBSD's e_rem_pio2.c.
constexpr double quarter_1 = 0x1.921fb544p+0;
constexpr double quarter_2 = 0x1.0b4611a6p-34;
constexpr double quarter_3 = 0x1.3198a2e037073p-69;

/// sin r for |r| <= pi/4; FreeBSD's k_sin.c.
BORNITE_INLINE Vector<double> sine_near_zero(Vector<double> r, Vector<double> z) {
  Vector<double> p = z * 1.58969099521155010221e-10 - 2.50507602534068634195e-08;
  p = p * z + 2.75573137070700676789e-06;
  p = p * z - 1.98412698298579493134e-04;
  p = p * z + 8.33333333332248946124e-03;
  p = p * z - 1.66666666666666324348e-01;
  return r + r * z * p;
}

/// cos r for |r| <= pi/4; FreeBSD's k_cos.c.
BORNITE_INLINE Vector<double> cosine_near_zero(Vector<double> z) {
  Vector<double> p = z * -1.13596475577881948265e-11 + 2.08757232129817482790e-09;
  p = p * z - 2.75573143513906633035e-07;
  p = p * z + 2.48015872894767294178e-05;
  p = p * z - 1.38888888888741095749e-03;
  p = p * z + 4.16666666666666019037e-02;
  const Vector<double> half = z * 0.5;
  const Vector<double> w = 1.0 - half;
  return w + ((1.0 - w - half) + z * z * p);
}

/// One by one, those that the loop over vectors cannot reduce.
BORNITE_INLINE void large_cosines_sines(const double* angles, double* pairs, std::size_t count) {
  for (std::size_t i = 0; i != count; ++i) {
    if (std::abs(angles[i]) <= largest_reduced) continue;
    pairs[2 * i] = std::cos(angles[i]);
    pairs[2 * i + 1] = std::sin(angles[i]);
  }
}

/// a and b in turn, from lane `First` on.
template <std::size_t First, std::size_t... I>
BORNITE_INLINE Vector<double> interleave(Vector<double> a, Vector<double> b, std::index_sequence<I...>) {
  return __builtin_shufflevector(a, b, (First + I / 2 + (I % 2) * width<double>)...);
}

BORNITE_KERNEL
bool cosines_sines(const double* angles, double* pairs, std::size_t count) {
  Vector<double> differences{};  // x - x is zero exactly for finite x
  Integers<double> large{};
  for (std::size_t i = 0; i != count; i += width<double>) {
    const Vector<double> x = *vectors(angles + i);
    differences += x - x;
    large |= reinterpret_cast<Integers<double>>(x > largest_reduced) |
             reinterpret_cast<Integers<double>>(x < -largest_reduced);
    const Vector<double> shifted = x * two_over_pi + to_integer;
    const Vector<double> turns = shifted - to_integer;
    const Vector<double> r = ((x - turns * quarter_1) - turns * quarter_2) - turns * quarter_3;
    const Vector<double> z = r * r;
    const Vector<double> s = sine_near_zero(r, z);
    const Vector<double> c = cosine_near_zero(z);
    const Integers<double> quarter = reinterpret_cast<Integers<double>>(shifted);
    const Integers<double> odd = -(quarter & 1);
    const Integers<double> sine_sign = (quarter & 2) << 62;
    const Integers<double> cosine_sign = ((quarter + 1) & 2) << 62;
    const Vector<double> sine =
        reinterpret_cast<Vector<double>>(reinterpret_cast<Integers<double>>(choose<double>(odd, c, s)) ^ sine_sign);
    const Vector<double> cosine =
        reinterpret_cast<Vector<double>>(reinterpret_cast<Integers<double>>(choose<double>(odd, s, c)) ^ cosine_sign);
    Vector<double>* const to = reinterpret_cast<Vector<double>*>(pairs + 2 * i);
    to[0] = interleave<0>(cosine, sine, std::make_index_sequence<width<double>>());
    to[1] = interleave<width<double> / 2>(cosine, sine, std::make_index_sequence<width<double>>());
  }
  std::int64_t any_large = 0;
  for (std::size_t l = 0; l != width<double>; ++l) any_large |= large[l];
  if (any_large != 0) [[unlikely]]
    large_cosines_sines(angles, pairs, count);
  return sum(differences) == 0.0;
}

/// x = 2^k m with m from sqrt(1/2) to sqrt(2), log m = 2 artanh((m - 1) / (m + 1)).
BORNITE_KERNEL
void minus_log(double* x, std::size_t count) {
  constexpr std::int64_t sqrt_half = 0x3fe6a09e667f3bcd;  // its bits
  constexpr double ln2_high = 0x1.62e42fefa0000p-1;       // zeros at its end: products with exponents are exact
  constexpr double ln2_low = 0x1.cf79abc9e3b39p-40;
  for (std::size_t i = 0; i != count; i += width<double>) {
    LooseVector& place = *reinterpret_cast<LooseVector*>(x + i);
    const Vector<double> value = place;
    const Integers<double> bits = reinterpret_cast<Integers<double>>(value);
    const Integers<double> exponent = (bits - sqrt_half) >> 52;
    const Vector<double> m = reinterpret_cast<Vector<double>>(bits - (exponent << 52));
    const Vector<double> k = __builtin_convertvector(exponent, Vector<double>);
    const Vector<double> s = (m - 1.0) / (m + 1.0);
    const Vector<double> q = s * s;
    Vector<double> rest = q * (1.0 / 19) + 1.0 / 17;
    rest = rest * q + 1.0 / 15;
    rest = rest * q + 1.0 / 13;
    rest = rest * q + 1.0 / 11;
    rest = rest * q + 1.0 / 9;
    rest = rest * q + 1.0 / 7;
    rest = rest * q + 1.0 / 5;
    rest = rest * q + 1.0 / 3;
    place = -(k * ln2_high + (2.0 * s + (2.0 * s * q * rest + k * ln2_low)));
  }
}

BORNITE_KERNEL
double dot(const double* x, const double* y, std::size_t count) {
  Vector<double> total{};
  for (std::size_t i = 0; i != count; i += width<double>) total += *vectors(x + i) * *vectors(y + i);
  return sum(total);
}

BORNITE_KERNEL
double subtract(double* x, std::size_t count, double by) {
  Vector<double> result{};
  for (std::size_t i = 0; i != count; i += width<double>) {
    constexpr std::int64_t all_but_sign = INT64_MAX;
    const Vector<double> left = *vectors(x + i) - by;
    *vectors(x + i) = left;
    const Vector<double> magnitude =
        reinterpret_cast<Vector<double>>(reinterpret_cast<Integers<double>>(left) & all_but_sign);
    result = choose<double>(magnitude > result, magnitude, result);
  }
  double most = 0.0;
  for (std::size_t l = 0; l != width<double>; ++l) most = std::max(most, result[l]);
  return most;
}

/// Sums of neighbours that are twice as far apart in each step.
template <std::size_t Distance, std::size_t... I>
BORNITE_INLINE Vector<double> moved_up(Vector<double> v, std::index_sequence<I...>) {
  return __builtin_shufflevector(v, Vector<double>{}, (I < Distance ? width<double> : I - Distance)...);
}
template <std::size_t Distance = 1>
BORNITE_INLINE Vector<double> running_sum(Vector<double> v) {
  if constexpr (Distance == width<double>)
    return v;
  else
    return running_sum<2 * Distance>(v + moved_up<Distance>(v, std::make_index_sequence<width<double>>()));
}

BORNITE_KERNEL
void running_sums(const double* x, std::size_t count, double start, double* out) {
  double before = start;
  for (std::size_t i = 0; i != count; i += width<double>) {
    const Vector<double> v = running_sum(*vectors(x + i));
    *vectors(out + i) = before + v;
    before += v[width<double> - 1];
  }
}

BORNITE_KERNEL
std::size_t count_up_to(const double* x, std::size_t count, double value) {
  Integers<double> found{};
  for (std::size_t i = 0; i != count; i += width<double>)
    found -= reinterpret_cast<Integers<double>>(*vectors(x + i) <= value);  // -1 for true
  std::size_t total = 0;
  for (std::size_t l = 0; l != width<double>; ++l) total += static_cast<std::size_t>(found[l]);
  return total;
}

/// Entries `done` to 2 `done` of a table: those before, turned.
BORNITE_INLINE void double_table(double* re, double* im, std::size_t done, Turn turn) {
  for (std::size_t i = 0; i != done; ++i) {
    re[done + i] = re[i] * turn.c - im[i] * turn.s;
    im[done + i] = re[i] * turn.s + im[i] * turn.c;
  }
}

/// The first entries, one to a lane.
template <std::size_t Bit = 0>
BORNITE_INLINE void turn_lanes(Vector<double>& re, Vector<double>& im, const Turn* turns) {
  if constexpr (Bit < vector_bits<double>) {
    const Integers<double> turned = lanes_with<double>(0, std::size_t{1} << Bit);
    const Vector<double> c = choose<double>(turned, all_lanes<double>(turns[Bit].c), all_lanes<double>(1.0));
    const Vector<double> s = choose<double>(turned, all_lanes<double>(turns[Bit].s), Vector<double>{});
    const Vector<double> x = re;
    re = x * c - im * s;
    im = x * s + im * c;
    turn_lanes<Bit + 1>(re, im, turns);
  }
}

BORNITE_KERNEL
void fill_turns(double* table, std::size_t size, std::size_t imaginary, const Turn* turns, double first) {
  double* const re = table;
  double* const im = table + imaginary;
  if (size < line_doubles) {
    re[0] = first;
    im[0] = 0.0;
    for (std::size_t done = 1; done != size; done *= 2, ++turns) double_table(re, im, done, *turns);
    return;
  }
  Vector<double> x = all_lanes<double>(first);
  Vector<double> y{};
  turn_lanes(x, y, turns);
  *vectors(re) = x;
  *vectors(im) = y;
  turns += vector_bits<double>;
  for (std::size_t done = width<double>; done != size; done *= 2, ++turns)
    for (std::size_t i = 0; i != done; i += width<double>) {
      x = *vectors(re + i);
      y = *vectors(im + i);
      *vectors(re + done + i) = x * turns->c - y * turns->s;
      *vectors(im + done + i) = x * turns->s + y * turns->c;
    }
}

}  // namespace
}  // namespace bornite::statevector
