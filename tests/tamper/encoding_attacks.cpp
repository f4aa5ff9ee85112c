// On spellings: JSON that is not canonical, numbers that are not reduced, elements that are not in the group
// (specification, sections 4.1, 4.2 and 5). The voter signs what is forged, so that no signature gives it away.
#include <gmpxx.h>
#include <sodium.h>

#include <stdexcept>

#include "base/bytes.hpp"
#include "group/modp/parameters.hpp"
#include "tamper/forgery.hpp"

namespace folkmoot::tamper {
namespace {

constexpr std::size_t chosen = 1;
// A ballot that cannot be read is not counted, and the tally, which has it, is then another one.
constexpr std::string_view unreadable = "ballot-form tally";

auto signed_change(std::function<void(Tree& ballot)> change) {
  return [=](Forgery& f) { f.edit_signed(chosen, chosen, change); };
}
// Changes the ballot's text after it was signed: JSON readers that forgive see the same ballot.
auto in_text(std::string_view from, std::string_view to) {
  return [=](Forgery& f) {
    std::string& text = f.ballot(chosen);
    text.replace(text.find(from), from.size(), to);
  };
}

std::vector<Attack> spellings() {
  return {
      {"a ballot with white space", Kind::choice, unreadable, in_text(R"("answers":)", R"("answers": )")},
      {"a ballot with a line feed at its end", Kind::choice, unreadable, [](Forgery& f) { f.ballot(chosen) += "\n"; }},
      {"a ballot with a byte order mark", Kind::choice, unreadable,
       [](Forgery& f) { f.ballot(chosen).insert(0, "\xef\xbb\xbf"); }},
      {"a ballot with its fields in another order", Kind::choice, unreadable,
       [](Forgery& f) { Forgery::edit(f.ballot(chosen), [](Tree& b) { std::swap(b.fields()[0], b.fields()[1]); }); }},
      {"a ballot with a field more", Kind::choice, unreadable,
       signed_change([](Tree& b) { b["for_sale"] = Tree::raw("true"); })},
      {"a ballot with a field twice", Kind::choice, unreadable,
       [](Forgery& f) {
         const std::string uuid = Tree::parse(f.ballot(chosen))["election_uuid"].text();
         f.ballot(chosen).insert(1, R"("election_uuid":)" + uuid + ",");
       }},
      {"a proof with a field twice", Kind::choice, unreadable, in_text(R"("proof":{)", R"("proof":{"challenge":"1",)")},
      {"a ballot with needless escapes", Kind::choice, unreadable, in_text("Tamper", R"(\u0054amper)")},
      {"a ballot with an escaped slash", Kind::choice, unreadable,
       [](Forgery& f) {
         Forgery::edit(f.ballot(chosen), [](Tree& b) { b["election_uuid"] = Tree::raw(R"("Tamper\/SampLe1")"); });
       }},
      {"a number as a number", Kind::choice, unreadable,
       signed_change([](Tree& b) { b["answers"][1]["overall_proof"][0]["response"] = Tree::raw("1"); })},
      {"a null in place of a proof", Kind::choice, unreadable,
       signed_change([](Tree& b) { b["answers"][1]["overall_proof"] = Tree::raw("null"); })},
      {"a ballot that is a comment", Kind::choice, unreadable, [](Forgery& f) { f.ballot(chosen) += "/* */"; }},
  };
}

auto on_scalar(std::function<std::string(const std::string& scalar, const Forgery&)> spell) {
  return [=](Forgery& f) {
    f.edit_signed(chosen, chosen, [&](Tree& b) {
      Tree& response = b["answers"][1]["individual_proofs"][0][0]["response"];
      response = Tree::string(spell(response.string(), f));
    });
  };
}

std::vector<Attack> scalars() {
  const auto plus_order = [](const std::string& s, const Forgery& f) {
    return mpz_class(mpz_class(s) + mpz_class(f.insider().order())).get_str();
  };
  return {
      {"a response with the order added", Kind::choice, unreadable, on_scalar(plus_order)},
      {"a negative response", Kind::choice, unreadable, on_scalar([](const std::string& s, const Forgery& f) {
         return mpz_class(mpz_class(s) - mpz_class(f.insider().order())).get_str();
       })},
      {"a response with a leading zero", Kind::choice, unreadable,
       on_scalar([](const std::string& s, const Forgery&) { return "0" + s; })},
      {"a response with a plus sign", Kind::choice, unreadable,
       on_scalar([](const std::string& s, const Forgery&) { return "+" + s; })},
      {"a response with a space", Kind::choice, unreadable,
       on_scalar([](const std::string& s, const Forgery&) { return " " + s; })},
      {"an empty response", Kind::choice, unreadable,
       on_scalar([](const std::string&, const Forgery&) { return std::string(); })},
      {"a response in hexadecimal", Kind::choice, unreadable,
       on_scalar([](const std::string& s, const Forgery&) { return "0x" + mpz_class(s).get_str(16); })},
      {"a response of ten thousand digits", Kind::choice, unreadable,
       on_scalar([](const std::string&, const Forgery&) { return std::string(10'000, '9'); })},
      {"a signature's response with the order added", Kind::choice, unreadable,
       [=](Forgery& f) {
         Forgery::edit(f.ballot(chosen), [&](Tree& b) {
           Tree& response = b["signature"]["proof"]["response"];
           response = Tree::string(plus_order(response.string(), f));
         });
       }},
  };
}

// Puts another text for α of the first choice, made from the one that stands there.
auto on_element(std::function<std::string(const std::string& element)> spell) {
  return [=](Forgery& f) {
    f.edit_signed(chosen, chosen, [&](Tree& b) {
      Tree& alpha = b["answers"][0]["choices"][0]["alpha"];
      alpha = Tree::string(spell(alpha.string()));
    });
  };
}
auto element(std::string_view text) {
  return on_element([=](const std::string&) { return std::string(text); });
}

using Point = std::array<std::uint8_t, 32>;

// The text of an element is the point's 32 bytes (RFC 8032) in reverse.
Point point(std::string_view text) {
  Bytes bytes = from_hex(text).value();
  Point little_endian;
  std::ranges::reverse_copy(bytes, little_endian.begin());
  return little_endian;
}
std::string text(Point little_endian) {
  std::ranges::reverse(little_endian);
  return to_hex(little_endian);
}

// Points of small order: curve points, but not in the group.
constexpr std::string_view order_2 = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
constexpr std::string_view order_4 = "0000000000000000000000000000000000000000000000000000000000000000";
constexpr std::string_view order_4_negative = "8000000000000000000000000000000000000000000000000000000000000000";
constexpr std::string_view order_8 = "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826";

std::string plus_torsion(std::string_view element, std::string_view torsion) {
  const Point a = point(element);
  const Point b = point(torsion);
  Point sum;
  if (crypto_core_ed25519_add(sum.data(), a.data(), b.data()) != 0) throw std::invalid_argument("not on the curve");
  return text(sum);
}

// The smallest y for which there is no x.
std::string off_the_curve() {
  Point y{};
  const Point zero = point("0000000000000000000000000000000000000000000000000000000000000001");
  for (Point sum; crypto_core_ed25519_add(sum.data(), y.data(), zero.data()) == 0;) ++y[0];
  return text(y);
}

// The same on a credential of a voter who did not vote, on a decryption factor, and on what a shuffle makes.
auto on_unused_credential(std::string_view spelled) {
  return [=](Forgery& f) {
    Forgery::edit(f.step(EventType::setup).data[2], [&](Tree& list) { list.push_back(Tree::string(spelled)); });
  };
}

std::vector<Attack> points() {
  const auto only = Attack::Groups::only_ed25519;
  return {
      {"a point of order 2", Kind::choice, unreadable, element(order_2), only},
      {"a point of order 4", Kind::choice, unreadable, element(order_4), only},
      {"the other point of order 4", Kind::choice, unreadable, element(order_4_negative), only},
      {"a point of order 8", Kind::choice, unreadable, element(order_8), only},
      {"a point with a part of order 2", Kind::choice, unreadable,
       on_element([](const std::string& e) { return plus_torsion(e, order_2); }), only},
      {"a point with a part of order 4", Kind::choice, unreadable,
       on_element([](const std::string& e) { return plus_torsion(e, order_4); }), only},
      {"a point with a part of order 8", Kind::choice, unreadable,
       on_element([](const std::string& e) { return plus_torsion(e, order_8); }), only},
      {"a point that is not on the curve", Kind::choice, unreadable,
       on_element([](const std::string&) { return off_the_curve(); }), only},
      {"the identity with y = p + 1", Kind::choice, unreadable,
       element("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee"), only},
      {"a y above p", Kind::choice, unreadable,
       element("7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0"), only},
      {"the identity with a negative zero", Kind::choice, unreadable,
       element("8000000000000000000000000000000000000000000000000000000000000001"), only},
      {"a point in upper case", Kind::choice, unreadable, on_element([](std::string e) {
         for (char& digit : e) digit = static_cast<char>(std::toupper(digit));
         return e;
       }),
       only},
      {"a point without its leading zeros", Kind::choice, unreadable, element("1"), only},
      {"a point of 33 bytes", Kind::choice, unreadable, on_element([](const std::string& e) { return "00" + e; }),
       only},
      {"a credential of order 8", Kind::choice, "credentials", on_unused_credential(order_8), only},
      {"a credential of order 2", Kind::choice, "credentials", on_unused_credential(order_2), only},
      {"a ballot's credential with a part of order 8", Kind::choice, unreadable,
       [](Forgery& f) {
         Forgery::edit(f.ballot(chosen), [](Tree& b) {
           b["credential"] = Tree::string(plus_torsion(b["credential"].string(), order_8));
         });
       },
       only},
      {"an election key of order 8", Kind::choice, "election",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::setup).data[0], [](Tree& e) { e["public_key"] = Tree::string(order_8); });
       },
       only},
      {"a trustee's key with a part of order 2", Kind::choice, "trustees",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::setup).data[1], [](Tree& t) {
           Tree& key = t[0][1]["public_key"];
           key = Tree::string(plus_torsion(key.string(), order_2));
         });
       },
       only},
      {"a decryption factor with a part of order 8", Kind::choice, "decryptions",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::partial_decryption).content(), [](Tree& d) {
           Tree& factor = d["decryption_factors"][0][0];
           factor = Tree::string(plus_torsion(factor.string(), order_8));
         });
       },
       only},
      {"a tally's ciphertext with a part of order 2", Kind::choice, "tally",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::encrypted_tally).content(), [](Tree& t) {
           Tree& beta = t[0][0]["beta"];
           beta = Tree::string(plus_torsion(beta.string(), order_2));
         });
       },
       only},
      {"a shuffled ciphertext with a part of order 4", Kind::ranking, "shuffles",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::shuffle).content(), [](Tree& s) {
           Tree& alpha = s["ciphertexts"][0][0]["alpha"];
           alpha = Tree::string(plus_torsion(alpha.string(), order_4));
         });
       },
       only},
  };
}

mpz_class prime(const Forgery& f) {
  return mpz_class(std::string(f.sample().group == GroupId::rfc3526 ? group::modp::Rfc3526Parameters::p
                                                                    : group::modp::Belenios2048Parameters::p));
}

// The same for the groups modulo p.
auto on_residue(std::function<mpz_class(const mpz_class& element, const mpz_class& p)> change) {
  return [=](Forgery& f) {
    f.edit_signed(chosen, chosen, [&](Tree& b) {
      Tree& alpha = b["answers"][0]["choices"][0]["alpha"];
      alpha = Tree::string(change(mpz_class(alpha.string()), prime(f)).get_str());
    });
  };
}

std::vector<Attack> residues() {
  const auto only = Attack::Groups::only_2048_bits;
  return {
      {"zero in place of an element", Kind::choice, unreadable, element("0"), only},
      {"p in place of an element", Kind::choice, unreadable,
       on_residue([](const mpz_class&, const mpz_class& p) { return p; }), only},
      {"p − 1, of order 2", Kind::choice, unreadable,
       on_residue([](const mpz_class&, const mpz_class& p) { return mpz_class(p - 1); }), only},
      {"an element's negative, outside the subgroup", Kind::choice, unreadable,
       on_residue([](const mpz_class& e, const mpz_class& p) { return mpz_class(p - e); }), only},
      {"an element with p added", Kind::choice, unreadable,
       on_residue([](const mpz_class& e, const mpz_class& p) { return mpz_class(e + p); }), only},
      {"a negative number for an element", Kind::choice, unreadable,
       on_residue([](const mpz_class& e, const mpz_class& p) { return mpz_class(e - p); }), only},
      {"an element with a leading zero", Kind::choice, unreadable,
       on_element([](const std::string& e) { return "0" + e; }), only},
      {"an element in hexadecimal", Kind::choice, unreadable,
       on_element([](const std::string& e) { return "0x" + mpz_class(e).get_str(16); }), only},
      {"a small number that is not in the subgroup", Kind::choice, unreadable, element("3"), only},
      {"a credential outside the subgroup", Kind::choice, "credentials",
       [](Forgery& f) { on_unused_credential(mpz_class(prime(f) - 1).get_str())(f); }, only},
      {"a decryption factor outside the subgroup", Kind::choice, "decryptions",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::partial_decryption).content(), [&](Tree& d) {
           Tree& factor = d["decryption_factors"][0][0];
           factor = Tree::string(mpz_class(prime(f) - mpz_class(factor.string())).get_str());
         });
       },
       only},
  };
}

}  // namespace

std::vector<Attack> encoding_attacks() {
  std::vector<Attack> all = spellings();
  for (const auto& part : {scalars(), points(), residues()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace folkmoot::tamper
