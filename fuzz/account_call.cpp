// Any cookies, headers and bodies to the calls of accounts, with a database that is not there: nothing crashes, nobody
// is signed in, and nothing is answered as done.
#include <cstdlib>

#include "server/accounts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  using namespace folkmoot::server;
  static auto& random = secret::Random::system();
  static service::Accounts accounts("sqlite:/nowhere/at/all", {"Moot", "https://x.example", {"", "a@x.example"}},
                                    *account::SealingKey::parse(std::string(64, '0')), random);
  static AccountCalls calls(
      accounts, {[] { return std::int64_t{1}; }, [](const std::string&) { return std::vector<std::string>(); }, [] {}},
      random);
  if (size < 2) return 0;
  static const std::vector<std::string> routes = AccountCalls::routes();
  const std::string& route = routes[data[0] % routes.size()];
  const std::string text(reinterpret_cast<const char*>(data + 2), size - 2);
  std::string path = route.substr(route.find(' ') + 1);
  if (path.ends_with("{}")) path.replace(path.size() - 2, 2, text);
  Request request{route.substr(0, route.find(' ')), path, text, "", {{"content-type", "application/json"}}, text};
  request.headers.emplace_back(data[1] % 2 == 0 ? "sec-fetch-site" : "origin", data[1] % 4 < 2 ? "same-origin" : text);
  request.headers.emplace_back("cookie", data[1] % 8 < 4 ? text : "__Host-folkmoot=" + text);
  request.headers.emplace_back("x-forwarded-for", text);
  const auto response = calls.answer(behind_proxy(request));
  const bool for_all = path.starts_with("/api/v1/unsubscribe/") || route == "GET /api/v1/sign-in";
  if (response && response->status < 400 && !for_all) std::abort();
  return 0;
}
