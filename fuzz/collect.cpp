// What trustees hand in: a good shuffle, or a good partial decryption, changed here and there, or any text. Whatever is
// not to the letter what the trustee made is refused, and leaves record and supplement as they were.
#include <cstdlib>

#include "edited.hpp"
#include "service/played_election.hpp"
#include "service/scratch_folder.hpp"
#include "service/supplement.hpp"

namespace {

using namespace folkmoot;
namespace fs = std::filesystem;

template <class T>
T must(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().message);
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return detail::value_of(std::move(result));
}

// A record that waits for something, and what its trustee made.
struct Stage {
  fs::path record;
  std::string good, kept, supplement;  // the message, and both files as they are

  void check(const std::string& text) const {
    const auto collected = service::collect_text(record, text);
    const auto now = must(service::read_file(record)),
               beside = must(service::read_file(service::supplement_file(record)));
    if (!collected) {
      if (now != kept || beside != supplement) std::abort();
      return;
    }
    if (lines(text) != lines(good)) std::abort();
    must(service::replace_file(record, kept));
    must(service::replace_file(service::supplement_file(record), supplement));
  }

 private:
  // Empty lines, and how lines end, do not matter.
  static std::vector<std::string> lines(std::string_view text) {
    std::vector<std::string> all;
    while (!text.empty()) {
      std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty()) all.emplace_back(line);
    }
    return all;
  }
};

// An election of two members and one trustee, before the shuffle and before the decryption.
struct Election {
  service::ScratchFolder folder = must(service::ScratchFolder::make());
  Stage shuffling, decrypting;

  Election() {
    auto played =
        must(service::PlayedElection::open(service::invent_election(2), {1, 1}, folder.path() / "played", {}));
    must(played.fill_box());
    must(service::close_voting(played.record()));
    shuffling = stage(played, "shuffling", true);
    must(service::collect_text(played.record(), shuffling.good));
    must(service::end_shuffles(played.record()));
    decrypting = stage(played, "decrypting", false);
  }
  [[nodiscard]] Stage stage(const service::PlayedElection& played, std::string_view name, bool shuffle) const {
    const fs::path made = folder.path() / fmt::format("{}.made", name), copy = folder.path() / name;
    fs::create_directories(copy);
    const fs::path record = copy / played.record().filename();
    fs::copy(played.record(), record);
    fs::copy(service::supplement_file(played.record()), service::supplement_file(record));
    must(shuffle ? service::shuffle_tally(record, played.secret(1), made)
                 : service::decrypt_tally(record, played.secret(1), made));
    return {record, must(service::read_file(made)), must(service::read_file(record)),
            must(service::read_file(service::supplement_file(record)))};
  }
};

}  // namespace

// The first byte says what is waited for, and whether the rest changes the good message or is all there is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Election election;
  if (size == 0) return 0;
  const Stage& stage = data[0] % 2 == 0 ? election.shuffling : election.decrypting;
  const std::span<const std::uint8_t> rest(data + 1, size - 1);
  stage.check(data[0] & 2 ? std::string(rest.begin(), rest.end()) : edited(stage.good, rest));
  return 0;
}
