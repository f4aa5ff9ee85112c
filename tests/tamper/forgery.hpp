// Taking a good record apart, changing something, and putting it together again so that hashes and chain are right: a
// forger would see to these. What is to be wrong with them, an attack says.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/event.hpp"
#include "tamper/sample.hpp"
#include "tamper/tree.hpp"

namespace folkmoot::tamper {

using record::EventType;

// The tar header's fields that attacks change: where they are, and how long.
struct TarField {
  std::size_t offset, size;
};
inline constexpr TarField tar_name{0, 100}, tar_mode{100, 8}, tar_owner{108, 8}, tar_size{124, 12}, tar_time{136, 12},
    tar_checksum{148, 8}, tar_type{156, 1}, tar_magic{257, 6};

class Forgery {
 public:
  struct Step {
    EventType type;
    // What stands before the event: the last is its payload, which names the others (see record/append.hpp).
    std::vector<std::string> data;

    [[nodiscard]] std::string& payload() { return data.back(); }
    // Of an EncryptedTally, Shuffle or PartialDecryption: what the payload is about.
    [[nodiscard]] std::string& content() { return data.front(); }
  };

  explicit Forgery(const Sample& sample);

  std::vector<Step> steps;
  [[nodiscard]] Insider& insider() const { return *sample_.insider; }
  [[nodiscard]] const Sample& sample() const { return sample_; }

  // The step of that type and number, from 0.
  Step& step(EventType type, std::size_t number = 0);
  [[nodiscard]] std::size_t index_of(EventType type, std::size_t number = 0) const;
  std::string& ballot(std::size_t number) { return step(EventType::ballot, number).payload(); }
  void remove(EventType type, std::size_t number = 0);
  // Puts a ballot before EndBallots.
  void cast(std::string ballot);
  // The text as a tree, changed, and back.
  static void edit(std::string& json, const std::function<void(Tree&)>& change);
  // The same for a ballot, which its voter then signs again.
  void edit_signed(std::size_t number, std::size_t voter, const std::function<void(Tree&)>& change);

  // Changes an event's text after it has been made, by its height. Later events name what comes out.
  std::function<void(std::size_t height, std::string& event)> change_event;
  // Leaves the hashes that payloads refer to as they are.
  bool keep_references = false;

  // The record. It is put together when first asked for, and can be changed from there.
  std::string& bytes();

  // In the bytes: where the entries begin, and the text of a header field, with the checksum made right again.
  std::vector<std::size_t> entries();
  // Where the first entry of the step of that type and number begins; `entry` counts on from there.
  std::size_t entry_of(EventType type, std::size_t number = 0, std::size_t entry = 0);
  void set_field(std::size_t entry, TarField field, std::string_view text);
  void set_byte(std::size_t offset, char byte) { bytes().at(offset) = byte; }

 private:
  [[nodiscard]] std::string build() const;

  const Sample& sample_;
  std::optional<std::string> bytes_;
};

// An attack on the good record of a small election.
struct Attack {
  std::string_view name;
  Kind kind;
  // The ids of the checks that must fail, all of them, in the report's order.
  std::string_view checks;
  std::function<void(Forgery&)> forge;

  enum class Groups { all, only_ed25519, only_2048_bits };
  Groups groups = Groups::all;
  // Whether the verifier is given the good record as an earlier copy.
  bool against = false;
};

std::vector<Attack> archive_attacks();
std::vector<Attack> chain_attacks();
std::vector<Attack> setup_attacks();
std::vector<Attack> ballot_attacks();
std::vector<Attack> encoding_attacks();
std::vector<Attack> tally_attacks();
std::vector<Attack> decryption_attacks();

const std::vector<Attack>& all_attacks();

}  // namespace folkmoot::tamper
