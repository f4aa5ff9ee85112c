#include "verifier/place.hpp"

#include <algorithm>

#include "store/file_source.hpp"
#include "store/http_source.hpp"
#include "store/ledger_files.hpp"

namespace folkmoot::verifier {
namespace {

namespace fs = std::filesystem;

// The folder `published` of a ledger: files are read where they are, however long.
class PublishedFolder final : public audit::Library {
 public:
  explicit PublishedFolder(fs::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Result<std::unique_ptr<record::ByteSource>> open(const std::string& name) const override {
    std::error_code error;
    if (!fs::exists(folder_ / name, error)) return nullptr;
    return std::make_unique<store::FileSource>(TRY(store::FileSource::open(folder_ / name)));
  }

  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list() const override {
    std::vector<std::string> names;
    std::error_code error;
    if (!fs::exists(folder_, error)) return names;
    for (fs::directory_iterator file(folder_, error), end; !error && file != end; file.increment(error)) {
      names.push_back(file->path().filename().string());
    }
    if (error) return fail("{}: {}", folder_.string(), error.message());
    std::ranges::sort(names);
    return names;
  }

 private:
  fs::path folder_;
};

}  // namespace

Result<Place> open_place(const std::string& location) {
  if (location.starts_with("http://") || location.starts_with("https://")) {
    auto site = std::make_unique<store::HttpSource>(location);
    auto library = std::make_unique<audit::SourceLibrary>(*site);
    return Place{std::move(site), std::move(library)};
  }
  if (!fs::is_directory(location)) return fail("{}: no such folder", location);
  return Place{std::make_unique<store::LedgerFolder>(location),
               std::make_unique<PublishedFolder>(fs::path(location) / "published")};
}

void add_trust(CLI::App& command, Trust& trust) {
  CLI::Option* policy = command.add_option("--policy", trust.policy, "whose signatures count: a tlog-policy file");
  policy->type_name("FILE");
  command.add_option("--key", trust.key, "the ledger's public key, NAME+ID+KEY; without witnesses")
      ->type_name("VKEY")
      ->excludes(policy);
}

Result<std::optional<ledger::Policy>> policy_of(const Trust& trust) {
  if (!trust.key.empty()) {
    const auto key = TRY(in("--key", ledger::VerifierKey::parse(trust.key)));
    return TRY(in("--key", ledger::Policy::parse(fmt::format("log {}\nquorum none\n", key.to_text()))));
  }
  if (trust.policy.empty()) return std::nullopt;
  const std::string text = TRY(read_file(trust.policy));
  return TRY(in(trust.policy, ledger::Policy::parse(text)));
}

Result<std::string> read_file(const std::string& path, std::size_t most) {
  const auto file = TRY(store::FileSource::open(path));
  return in(path, audit::read_all(file, most));
}

}  // namespace folkmoot::verifier
