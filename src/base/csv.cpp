#include "base/csv.hpp"

#include <algorithm>
#include <array>

namespace folkmoot::csv {
namespace {

std::size_t line_ends(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    count += text[i] == '\n' || (text[i] == '\r' && !text.substr(i + 1).starts_with('\n')) ? 1 : 0;
  }
  return count;
}

}  // namespace

char detect_separator(std::string_view text) {
  constexpr std::string_view separators = ",;\t";
  std::array<std::size_t, separators.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (const auto found = separators.find(c); found != std::string_view::npos) ++counts[found];
  }
  return separators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

Result<bool> Reader::next(Row& row) {
  while (!at_end() && at_line_end()) skip_line_end();
  if (at_end()) return false;
  const std::size_t begin = position_;
  row.line = line_;
  if (auto status = read_row(row); !status) {
    // A quoted field may have run over many good lines before something was wrong; they are read as rows then.
    position_ = std::min(text_.find_first_of("\r\n", begin), text_.size());
    line_ = row.line;
    skip_line_end();
    return Failure(status.error());
  }
  return true;
}

Status Reader::read_row(Row& row) {
  std::size_t count = 0;
  while (true) {
    if (count == row.fields.size()) row.fields.emplace_back();
    std::string& field = row.fields[count++];
    if (!at_end() && text_[position_] == '"') {
      TRY(read_quoted(field));
    } else {
      read_plain(field);
    }
    if (at_line_end()) break;
    if (text_[position_] != separator_) {
      return fail(R"(field {}: a quotation mark in the middle; it must be written "" and the whole field quoted)",
                  count);
    }
    ++position_;
  }
  row.fields.resize(count);
  skip_line_end();
  return {};
}

// From the opening quotation mark to after the closing one.
Status Reader::read_quoted(std::string& field) {
  field.clear();
  ++position_;
  while (true) {
    const std::size_t mark = text_.find('"', position_);
    if (mark == std::string_view::npos) return fail("a quotation mark that is never closed");
    const std::string_view piece = text_.substr(position_, mark - position_);
    line_ += line_ends(piece);
    field += piece;
    position_ = mark + 1;
    if (at_end() || text_[position_] != '"') return {};
    field += '"';
    ++position_;
  }
}

// To the separator or line end; a quotation mark stops it too, and is then in the wrong place.
void Reader::read_plain(std::string& field) {
  const std::array<char, 4> stops{separator_, '\n', '\r', '"'};
  const std::size_t end = std::min(text_.find_first_of({stops.data(), stops.size()}, position_), text_.size());
  field.assign(text_.substr(position_, end - position_));
  position_ = end;
}

void Reader::skip_line_end() {
  if (at_end()) return;
  if (text_[position_] == '\r' && text_.substr(position_ + 1).starts_with('\n')) ++position_;
  ++position_;
  ++line_;
}

void append_row(std::string& out, std::span<const std::string_view> fields, char separator) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += separator;
    const std::string_view field = fields[i];
    const bool plain =
        std::ranges::none_of(field, [&](char c) { return c == separator || c == '"' || c == '\n' || c == '\r'; });
    // A row of one empty field would be an empty line, which is no row.
    if (plain && !(field.empty() && fields.size() == 1)) {
      out += field;
      continue;
    }
    out += '"';
    for (const char c : field) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += "\r\n";
}

}  // namespace folkmoot::csv
