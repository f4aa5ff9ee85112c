#include "server/encoding.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>

#include "server/white_space.hpp"

namespace folkmoot::server {
namespace {

// What stands before the first such character; the rest is left.
std::string_view cut(std::string_view& text, char at) {
  const std::string_view first = text.substr(0, text.find(at));
  text.remove_prefix(std::min(first.size() + 1, text.size()));
  return trimmed(first);
}

// "q=0.5": 500. What is no weight (section 12.4.2) is none: such a coding is not sent.
int weight(std::string_view text) {
  if (text.size() < 3 || text.size() > 7 || !boost::beast::iequals(text.substr(0, 2), "q=")) return 0;
  if (text.size() > 3 && text[3] != '.') return 0;
  int thousandths = 0;
  for (const std::size_t digit : {2U, 4U, 5U, 6U}) {
    const char c = digit < text.size() ? text[digit] : '0';
    if (c < '0' || c > '9') return 0;
    thousandths = 10 * thousandths + (c - '0');
  }
  return thousandths <= 1000 ? thousandths : 0;
}

}  // namespace

int wanted_encoding(std::string_view accepted, std::string_view coding) {
  int any = 0;
  while (!accepted.empty()) {
    std::string_view one = cut(accepted, ',');
    const std::string_view name = cut(one, ';');
    const int its = one.empty() ? 1000 : weight(trimmed(one));
    if (boost::beast::iequals(name, coding)) return its;
    if (name == "*") any = its;
  }
  return any;
}

}  // namespace folkmoot::server
