// URLs: what of one decides who is asked, and whether that is safe without TLS; and how a text is put into one.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace folkmoot::account {

// The host of "scheme://host:port/…"; with the brackets of an IPv6 address. Whoever calls has seen to it that there is
// no user before it.
inline std::string_view host_of(std::string_view url) {
  url.remove_prefix(std::min(url.find("://") + 3, url.size()));
  const std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  return authority.substr(0, authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':'));
}

// Whether that host is this machine.
inline bool is_here(std::string_view host) { return host == "localhost" || host == "127.0.0.1" || host == "[::1]"; }

// RFC 3986 section 2.1, which a reader of application/x-www-form-urlencoded understands, too.
inline std::string percent_encoded(std::string_view text) {
  const auto is_unreserved = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
           c == '_' || c == '~';
  };
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace folkmoot::account
