#include "group/modp/element.hpp"

#include <cassert>

#include "group/decimal.hpp"
#include "group/modp/codec.hpp"
#include "group/modp/membership.hpp"

namespace folkmoot::group::modp {

template <class Parameters>
const Montgomery& field() {
  static const Montgomery arithmetic = [] {
    Residue p;
    [[maybe_unused]] const bool read = read_decimal(Parameters::p, p);
    assert(read);
    return Montgomery(p);
  }();
  return arithmetic;
}
template const Montgomery& field<Belenios2048Parameters>();
template const Montgomery& field<Rfc3526Parameters>();

template <class Parameters>
Result<Element<Parameters>> Element<Parameters>::decode(std::string_view text) {
  Residue number;
  if (!read_decimal(text, number)) return fail("not a canonical decimal number below 2^2048");
  return from_number(number);
}

template <class Parameters>
Result<Element<Parameters>> Element<Parameters>::from_number(const Residue& number) {
  if constexpr (std::is_same_v<Parameters, Belenios2048Parameters>) {
    if (const auto known = AheadDecoder<Belenios2048Codec>::find(number)) return Element(*known);
  }
  if (!in_field<Parameters>(number)) return fail("an element of {} is a number from 1 to p - 1", Parameters::name);
  if (!in_subgroup<Parameters>(number)) return fail("not in the subgroup of prime order of {}", Parameters::name);
  return Element(field<Parameters>().from_number(number));
}

template <class Parameters>
void Element<Parameters>::append_to(std::string& out) const {
  append_decimal(out, number());
}

template <class Parameters>
std::string Element<Parameters>::text() const {
  std::string out;
  append_to(out);
  return out;
}

template <class Parameters>
Element<Parameters> Element<Parameters>::operator*(const Element& b) const {
  Element product(form_);
  field<Parameters>().multiply(product.form_, form_, b.form_);
  return product;
}

template <class Parameters>
Element<Parameters> Element<Parameters>::operator/(const Element& b) const {
  const Montgomery& p = field<Parameters>();
  Residue quotient = p.from_number(p.inverse_of_number(b.number()));
  p.multiply(quotient, quotient, form_);
  return Element(quotient);
}

template class Element<Belenios2048Parameters>;
template class Element<Rfc3526Parameters>;

}  // namespace folkmoot::group::modp
