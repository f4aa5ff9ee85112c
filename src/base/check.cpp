#include "base/check.hpp"

#include <algorithm>
#include <cassert>

#include "base/utf8.hpp"

namespace folkmoot {
namespace {

std::string more(const Check& check) {
  const std::uint64_t told = check.details().size();
  return check.failures() > told ? fmt::format("… and {} more", check.failures() - told) : "";
}

// All details of a check in one string.
std::string all_details(const Check& check) {
  if (!check.failed()) return check.passed() ? "" : "not made: what it is about is not there, or could not be reached";
  std::string text = fmt::format("{}", fmt::join(check.details(), "; "));
  const std::string rest = more(check);
  return rest.empty() ? text : text + "; " + rest;
}

}  // namespace

void Check::fail(std::string detail, std::uint64_t place) {
  assert(places_.empty() || places_.back() <= place);
  ++failures_;
  if (details_.size() == most_details) return;
  if (detail.size() > longest_detail) {
    std::size_t end = longest_detail;
    while ((detail[end] & 0xc0) == 0x80) --end;  // not within a character of UTF-8
    detail.replace(end, std::string::npos, "…");
  }
  details_.push_back(std::move(detail));
  places_.push_back(place);
}

void Check::merge(const Check& other) {
  items_ += other.items_;
  failures_ += other.failures_;
  for (std::size_t i = 0; i < other.details_.size(); ++i) {
    const auto at = std::ranges::upper_bound(places_, other.places_[i]);
    details_.insert(details_.begin() + (at - places_.begin()), other.details_[i]);
    places_.insert(at, other.places_[i]);
  }
  details_.resize(std::min(details_.size(), most_details));
  places_.resize(details_.size());
}

void Check::restore(Found found) {
  assert(found.details.size() == found.places.size() && found.details.size() <= most_details);
  items_ = found.items;
  failures_ = found.failures;
  finished_ = found.finished;
  details_ = std::move(found.details);
  places_ = std::move(found.places);
}

void write(json::Writer& writer, const Check& check) {
  writer.begin_object();
  writer.key("id").plain_string(check.id());
  writer.key("title").string(check.title());
  writer.key("spec").string(check.spec());
  writer.key("items").integer(static_cast<std::int64_t>(check.items()));
  writer.key("ok");
  check.failed() || check.passed() ? writer.boolean(check.passed()) : writer.null();
  writer.key("failures").integer(static_cast<std::int64_t>(check.failures()));
  writer.key("detail").string(all_details(check));
  writer.end_object();
}

std::string to_text(const Check& check, std::size_t number) {
  const std::string_view mark = check.failed() ? "✗" : check.passed() ? "✓" : "–";
  std::string text = fmt::format("{} {:>2}  {:<18}{:>8}  {} [{}]\n", mark, number, check.id(), check.items(),
                                 check.title(), check.spec());
  for (const std::string& where : check.details()) text += fmt::format("        {}\n", printable(where));
  if (const std::string rest = more(check); !rest.empty()) text += fmt::format("        {}\n", rest);
  return text;
}

std::string printable(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size();) {
    const auto byte = [&](std::size_t k) { return i + k < line.size() ? static_cast<unsigned char>(line[i + k]) : 0U; };
    std::size_t unprintable = 0;  // bytes of a character that must not be shown
    if (byte(0) < 0x20 || byte(0) == 0x7f) unprintable = 1;
    if (byte(0) == 0xc2 && byte(1) < 0xa0) unprintable = 2;  // C1 controls: U+0080 to U+009F
    const bool general_punctuation = byte(0) == 0xe2 && (byte(1) == 0x80 || byte(1) == 0x81);
    const unsigned in_block = (byte(1) & 1) << 6 | (byte(2) & 0x3f);  // U+2000 and up
    const bool direction = (in_block >= 0x2a && in_block <= 0x2e) || (in_block >= 0x66 && in_block <= 0x69) ||
                           in_block == 0x0e || in_block == 0x0f;
    const bool line_end = in_block == 0x28 || in_block == 0x29;
    if (general_punctuation && (direction || line_end)) unprintable = 3;
    if (unprintable > 0) {
      text += replacement_character;
      i += unprintable;
    } else {
      text += line[i++];
    }
  }
  return text;
}

}  // namespace folkmoot
