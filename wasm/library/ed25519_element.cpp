// Secret elements of Ed25519's group, and powers with secret exponents.
#include "group/ed25519/point.hpp"
#include "library/ed25519.hpp"

namespace folkmoot::wasm {
namespace {

using namespace group::ed25519;
using Limb = decltype(Fe::limb)::value_type;

// All ones if the two numbers are the same, else 0.
Limb same(const Fe& a, const Fe& b) {
  const auto x = fe_to_bytes(a);
  const auto y = fe_to_bytes(b);
  unsigned difference = 0;
  for (std::size_t i = 0; i < 32; ++i) difference |= x[i] ^ y[i];
  return Limb{0} - static_cast<Limb>((difference - 1) >> 31 & 1);
}

// `other` where the mask is all ones.
void choose(Fe& number, const Fe& other, Limb mask) {
  for (std::size_t i = 0; i < number.limb.size(); ++i) number.limb[i] ^= mask & (number.limb[i] ^ other.limb[i]);
}
void choose(Cached& point, const Cached& other, Limb mask) {
  choose(point.y_plus_x, other.y_plus_x, mask);
  choose(point.y_minus_x, other.y_minus_x, mask);
  choose(point.z2, other.z2, mask);
  choose(point.t2d, other.t2d, mask);
}

// The point of an encoding that is known to be one: RFC 8032, section 5.1.3.
Point decode(const Bytes32& bytes) {
  const Fe y = fe_from_bytes(bytes);
  const Fe yy = square(y);
  const Fe u = tight(yy - one);
  const Fe v = tight(d * yy + one);
  const Fe v3 = square(v) * v;
  Fe x = u * v3 * power_p58(u * v3 * square(square(v)));
  choose(x, x * sqrt_minus_one, ~same(square(x) * v, u));
  const auto odd = static_cast<Limb>(bytes[31] >> 7);
  choose(x, tight(-x), Limb{0} - ((canonical(x).limb[0] & 1) ^ odd));
  return {x, y, one, x * y};
}

Bytes32 encode(const Point& p) {
  const Fe inverse = invert(p.Z);
  return compress({p.X * inverse, p.Y * inverse, one, {}});
}

// Four bits of the exponent at a time, from the highest; every entry of the table is read each time.
Point power(const Point& base, const Bytes32& exponent) {
  std::array<Cached, 16> powers;  // powers[0] is the identity
  Point p = base;
  for (std::size_t i = 1; i < powers.size(); ++i) {
    powers[i] = cached(p);
    p = (p + powers[1]).point();
  }
  Point result;
  for (std::size_t i = 64; i-- > 0;) {
    Completed running = twice(projective(result));
    for (int doubling = 1; doubling < 4; ++doubling) running = twice(running.projective());
    const auto digit = static_cast<std::uint32_t>(exponent[i / 2] >> (i % 2 == 0 ? 0 : 4) & 15);
    Cached chosen;
    for (std::uint32_t j = 0; j < powers.size(); ++j) {
      choose(chosen, powers[j], Limb{0} - static_cast<Limb>(((j ^ digit) - 1) >> 31));
    }
    result = (running.point() + chosen).point();
    wipe(&chosen, sizeof chosen);
  }
  wipe(powers.data(), sizeof powers);
  return result;
}

// y = 4/5, and the x that is even (RFC 8032, section 5.1).
const Point& generator() {
  static const Point g = decode(fe_to_bytes(Fe{{4}} * invert({{5}})));
  return g;
}

}  // namespace

Bytes32 element_multiply(const Bytes32& a, const Bytes32& b) { return encode((decode(a) + cached(decode(b))).point()); }
Bytes32 element_power(const Bytes32& base, const Bytes32& exponent) { return encode(power(decode(base), exponent)); }
Bytes32 generator_power(const Bytes32& exponent) { return encode(power(generator(), exponent)); }

}  // namespace folkmoot::wasm
