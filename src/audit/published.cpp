#include "audit/published.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "charter/process.hpp"

namespace folkmoot::audit {
namespace {

// A file that was read whole.
class HeldFile final : public record::ByteSource {
 public:
  explicit HeldFile(Bytes bytes) : bytes_(std::move(bytes)), source_(text_of(bytes_)) {}
  [[nodiscard]] std::uint64_t size() const override { return source_.size(); }
  Status read(std::uint64_t offset, std::span<char> out) const override { return source_.read(offset, out); }

 private:
  Bytes bytes_;
  record::MemorySource source_;
};

std::string all_of(const std::vector<Mention>& mentions) {
  std::string text = to_text(mentions.front());
  if (mentions.size() > 1) text += fmt::format(" and {} more", mentions.size() - 1);
  return text;
}

// Where a text of the statement that is as it was can be found: its newest version, if not this one.
std::string last_good_version(const std::string& id, const charter::Statement& statement, const std::string& altered,
                              const std::set<std::string>& good) {
  for (std::size_t i = statement.versions.size(); i-- > 0;) {
    const std::string& hash = statement.versions[i];
    if (hash != altered && good.contains(hash)) {
      return fmt::format("the last good text of {} is its version {}, published/{}", id, i + 1, hash);
    }
  }
  return fmt::format("no version of {} is there as it was", id);
}

}  // namespace

Result<std::unique_ptr<record::ByteSource>> SourceLibrary::open(const std::string& name) const {
  auto bytes = TRY(source_.read("published/" + name, longest_file));
  if (!bytes) return nullptr;
  return std::make_unique<HeldFile>(*std::move(bytes));
}

Result<std::string> read_all(const record::ByteSource& file, std::size_t limit) {
  if (file.size() > limit) return fail("{} bytes, at most {}", file.size(), limit);
  std::string text(static_cast<std::size_t>(file.size()), '\0');
  TRY(file.read(0, text));
  return text;
}

Result<std::string> sha256_of(const record::ByteSource& file) {
  std::array<char, std::size_t{1} << 16> buffer{};
  Sha256 hash;
  for (std::uint64_t done = 0; done < file.size();) {
    const auto piece = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), file.size() - done));
    TRY(file.read(done, piece));
    hash.add(std::string_view(piece.data(), piece.size()));
    done += piece.size();
  }
  return to_hex(hash.digest());
}

std::string to_text(const Mention& mention) {
  return fmt::format("act {} ({}): {}", mention.act, mention.type, mention.field);
}

void Mentions::add(const charter::Act& act, std::uint64_t index) {
  const charter::ActType* type = charter::find_act_type(act.type);
  if (!type) return;
  for (const charter::Field& field : type->fields) {
    if (field.document == charter::Document::none || !act.body.has(field.name)) continue;
    const std::string& hash = act.body.text(field.name);
    const bool in_the_act = type->field("text") && act.body.has("text") && sha256_hex(act.body.text("text")) == hash;
    if (!in_the_act) all_[hash].push_back({index, type->name, field.name, field.document});
  }
}

std::set<std::string> check_published(const Library& library, const Mentions& mentions, const charter::State& state,
                                      Report& report) {
  Check& check = report[CheckId::published];
  std::set<std::string> good;
  std::vector<std::string> altered;
  for (const auto& [hash, where] : mentions.all()) {
    const auto examine = [&]() -> Status {
      const auto file = TRY(library.open(hash));
      if (!file) {
        report.not_given.push_back({hash, all_of(where)});
        return {};
      }
      check.add_items();
      if (TRY(sha256_of(*file)) == hash) {
        good.insert(hash);
      } else {
        altered.push_back(hash);
      }
      return {};
    };
    if (const Status examined = examine(); !examined) {
      check.fail(fmt::format("published/{}: {}", hash, examined.error().message));
    }
  }
  for (const std::string& hash : altered) {
    std::string detail =
        fmt::format("published/{} has been altered: it is not what {} names", hash, all_of(mentions.all().at(hash)));
    for (const auto& [id, statement] : state.statements) {
      if (std::ranges::find(statement.versions, hash) == statement.versions.end()) continue;
      detail += fmt::format("; it is \"{}\", {}", statement.title, last_good_version(id, statement, hash, good));
    }
    check.fail(std::move(detail));
  }
  if (const auto names = library.list(); !names) {
    check.fail(names.error().message);
  } else if (*names) {
    for (const std::string& name : **names) {
      if (!mentions.all().contains(name)) report.unnamed.push_back(name);
    }
  }
  check.finish();
  return good;
}

}  // namespace folkmoot::audit
