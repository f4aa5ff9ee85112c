// Elements of a 2048-bit group: the integers modulo p whose order is the prime q.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "group/modp/montgomery.hpp"
#include "group/modp/parameters.hpp"

namespace folkmoot::group::modp {

// The arithmetic modulo a group's p.
template <class Parameters>
const Montgomery& field();

template <class Parameters>
class Element {
 public:
  Element() : form_(field<Parameters>().one()) {}  // the identity

  // The element with this canonical decimal text: digits only, no leading zero, from 1 to p − 1, and in the subgroup
  // (which costs an exponentiation in BELENIOS-2048, a Jacobi symbol in RFC-3526-2048).
  static Result<Element> decode(std::string_view text);
  // The same from the number.
  static Result<Element> from_number(const Residue& number);
  // An element in Montgomery form that the caller knows to lie in the subgroup.
  static Element from_subgroup_form(const Residue& form) { return Element(form); }

  void append_to(std::string& out) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] Residue number() const { return field<Parameters>().to_number(form_); }
  [[nodiscard]] const Residue& form() const { return form_; }  // Montgomery's

  Element operator*(const Element& b) const;
  Element operator/(const Element& b) const;
  [[nodiscard]] bool is_identity() const { return form_ == field<Parameters>().one(); }
  friend bool operator==(const Element&, const Element&) = default;

 private:
  explicit Element(const Residue& form) : form_(form) {}
  Residue form_;  // always below p
};

extern template class Element<Belenios2048Parameters>;
extern template class Element<Rfc3526Parameters>;

}  // namespace folkmoot::group::modp
