// What of a URL decides who is asked, and whether that is safe without TLS.
#pragma once

#include <algorithm>
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

}  // namespace folkmoot::account
