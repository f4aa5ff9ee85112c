#include "count/exact.hpp"

namespace folkmoot::count {

std::string to_text(const Rational& value, int places) {
  if (places < 0) return value.get_str();
  mpz_class scale;
  mpz_ui_pow_ui(scale.get_mpz_t(), 10, static_cast<unsigned long>(places));
  const bool negative = value < 0;
  const mpz_class scaled = abs(value.get_num()) * scale / value.get_den();
  std::string digits = scaled.get_str();
  const auto decimals = static_cast<std::size_t>(places);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - decimals, ".");
  if (negative && scaled != 0) digits.insert(0, "-");
  return digits;
}

bool from_text(std::string_view text, Rational& out) {
  std::string digits;
  std::size_t decimals = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digits += c;
      decimals += point ? 1 : 0;
    } else {
      return false;
    }
  }
  if (digits.empty() || digits.size() > 1000 || text.front() == '.' || text.back() == '.') return false;
  mpz_class scale;
  mpz_ui_pow_ui(scale.get_mpz_t(), 10, decimals);
  out = Rational(mpz_class(digits, 10), scale);
  out.canonicalize();
  return true;
}

}  // namespace folkmoot::count
