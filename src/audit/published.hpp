// What is published beside the ledger: texts, election records, transcripts of counts, each under the SHA-256 by which
// an act names it. Nobody has to trust the files: the acts say what their content must be. A text that is not there any
// more takes nothing from the ledger.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "audit/report.hpp"
#include "charter/act.hpp"
#include "charter/state.hpp"
#include "ledger/source.hpp"
#include "record/source.hpp"

namespace folkmoot::audit {

// Where the published files are: the folder `published/` of a ledger, each named as its SHA-256.
class Library {
 public:
  Library() = default;
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  virtual ~Library() = default;

  // The file of that name, or null if there is none. Fails if it cannot be read. Its content is not checked.
  [[nodiscard]] virtual Result<std::unique_ptr<record::ByteSource>> open(const std::string& name) const = 0;
  // The names of all files that are there, in order; nothing where that cannot be told, as on a web site.
  [[nodiscard]] virtual Result<std::optional<std::vector<std::string>>> list() const = 0;
};

// The files of any source of a log, under "published/", held in memory while they are looked at. The source must
// outlive the library.
class SourceLibrary final : public Library {
 public:
  static constexpr std::size_t longest_file = std::size_t{1} << 30;
  explicit SourceLibrary(const ledger::Source& source) : source_(source) {}
  [[nodiscard]] Result<std::unique_ptr<record::ByteSource>> open(const std::string& name) const override;
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list() const override { return std::nullopt; }

 private:
  const ledger::Source& source_;
};

// The whole of a file that is at most `limit` bytes long.
Result<std::string> read_all(const record::ByteSource& file, std::size_t limit);
// In hexadecimal.
Result<std::string> sha256_of(const record::ByteSource& file);

// Where an act names something.
struct Mention {
  std::uint64_t act = 0;  // its index in the ledger
  std::string_view type;
  std::string_view field;
  charter::Document document = charter::Document::text;
};
// "act 17 (statement.publish): hash".
std::string to_text(const Mention& mention);

// All that the acts of a ledger name, by hash. (What a change of the charter names by its hash stands in the act
// itself, and is left out.)
class Mentions {
 public:
  void add(const charter::Act& act, std::uint64_t index);
  [[nodiscard]] const std::map<std::string, std::vector<Mention>>& all() const { return all_; }

 private:
  std::map<std::string, std::vector<Mention>> all_;
};

// Compares the library with what the acts name. Goes into the report: files whose content is not what their name says,
// with the last good version of a statement that has been altered; what is not given; and files that no act names.
// Gives the names of those files that are as they should be.
std::set<std::string> check_published(const Library& library, const Mentions& mentions, const charter::State& state,
                                      Report& report);

}  // namespace folkmoot::audit
