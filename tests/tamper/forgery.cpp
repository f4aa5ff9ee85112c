#include "tamper/forgery.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/sha256.hpp"
#include "record/archive.hpp"
#include "record/tar.hpp"

namespace folkmoot::tamper {
namespace {

constexpr std::string_view ending(record::EntryKind kind) {
  return kind == record::EntryKind::data ? ".data.json" : ".event.json";
}

// Makes the payload name what stands before it.
void relink(EventType type, std::vector<std::string>& data) {
  std::vector<std::string_view> fields;
  if (type == EventType::setup) fields = {"election", "trustees", "credentials"};
  if (type == EventType::encrypted_tally) fields = {"encrypted_tally"};
  if (type == EventType::shuffle || type == EventType::partial_decryption) fields = {"payload"};
  if (fields.empty() || data.size() <= fields.size()) return;
  Forgery::edit(data.back(), [&](Tree& payload) {
    for (std::size_t i = 0; i < fields.size(); ++i) payload[fields[i]] = Tree::string(sha256_hex(data[i]));
  });
}

}  // namespace

Forgery::Forgery(const Sample& sample) : sample_(sample) {
  const record::MemorySource source(sample.record);
  auto reader = record::Reader::open(source).value();
  while (const auto step = reader.next().value()) {
    steps.push_back({step->event.type, {}});
    for (const record::Entry& entry : step->data) steps.back().data.push_back(reader.content(entry).value());
  }
}

std::size_t Forgery::index_of(EventType type, std::size_t number) const {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].type == type && number-- == 0) return i;
  }
  throw std::out_of_range("no such step");
}

Forgery::Step& Forgery::step(EventType type, std::size_t number) { return steps[index_of(type, number)]; }

void Forgery::remove(EventType type, std::size_t number) {
  steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(index_of(type, number)));
}

void Forgery::cast(std::string ballot) {
  const auto end = steps.begin() + static_cast<std::ptrdiff_t>(index_of(EventType::end_ballots));
  steps.insert(end, Step{EventType::ballot, {std::move(ballot)}});
}

void Forgery::edit(std::string& json, const std::function<void(Tree&)>& change) {
  Tree tree = Tree::parse(json);
  change(tree);
  json = tree.text();
}

void Forgery::edit_signed(std::size_t number, std::size_t voter, const std::function<void(Tree&)>& change) {
  edit(ballot(number), change);
  ballot(number) = insider().sign(ballot(number), voter);
}

std::string Forgery::build() const {
  const record::ArchiveHeader header{1'700'000'000};
  std::string out = record::header_entry(header);
  std::optional<Digest> parent;
  for (std::size_t height = 0; height < steps.size(); ++height) {
    std::vector<std::string> data = steps[height].data;
    if (!keep_references) relink(steps[height].type, data);
    std::optional<Digest> payload;
    for (const std::string& text : data) {
      payload = sha256(text);
      record::tar::append_entry(out, to_hex(*payload).append(ending(record::EntryKind::data)), header.timestamp, text);
    }
    std::string event =
        json::to_text(record::Event{parent, static_cast<std::int64_t>(height), steps[height].type, payload});
    if (change_event) change_event(height, event);
    parent = sha256(event);
    record::tar::append_entry(out, to_hex(*parent).append(ending(record::EntryKind::event)), header.timestamp, event);
  }
  return out;
}

std::string& Forgery::bytes() {
  if (!bytes_) bytes_ = build();
  return *bytes_;
}

std::vector<std::size_t> Forgery::entries() {
  std::vector<std::size_t> offsets;
  for (std::size_t offset = 0; offset < bytes().size();) {
    offsets.push_back(offset);
    const std::size_t size = std::stoull(bytes().substr(offset + tar_size.offset, tar_size.size), nullptr, 8);
    offset += record::tar::entry_size(size);
  }
  return offsets;
}

std::size_t Forgery::entry_of(EventType type, std::size_t number, std::size_t entry) {
  std::size_t before = 1;  // the archive's header
  const std::size_t step = index_of(type, number);
  for (std::size_t i = 0; i < step; ++i) before += steps[i].data.size() + 1;
  return entries().at(before + entry);
}

void Forgery::set_field(std::size_t entry, TarField field, std::string_view text) {
  if (text.size() > field.size) throw std::length_error("more than the field holds");
  std::string& out = bytes();
  std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(entry + field.offset), field.size, '\0');
  out.replace(entry + field.offset, text.size(), text);
  if (field.offset == tar_checksum.offset) return;
  out.replace(entry + tar_checksum.offset, tar_checksum.size, std::string(tar_checksum.size, ' '));
  unsigned sum = 0;
  for (std::size_t i = 0; i < record::tar::block_size; ++i) sum += static_cast<unsigned char>(out[entry + i]);
  out.replace(entry + tar_checksum.offset, tar_checksum.size, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
}

const std::vector<Attack>& all_attacks() {
  static const std::vector<Attack> attacks = [] {
    std::vector<Attack> all;
    for (auto& part : {archive_attacks(), chain_attacks(), setup_attacks(), ballot_attacks(), encoding_attacks(),
                       tally_attacks(), decryption_attacks()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return attacks;
}

}  // namespace folkmoot::tamper
