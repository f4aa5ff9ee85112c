// Comma-separated values (RFC 4180), as spreadsheets write them: the separator may also be a semicolon or a tab, lines
// end with LF, CRLF or CR, and quoted fields may hold any of these.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace folkmoot::csv {

// The one of , ; and tab that stands most often in the first line, outside quotes; a comma if none does.
char detect_separator(std::string_view text);

struct Row {
  std::size_t line = 0;  // on which it begins, from 1
  std::vector<std::string> fields;
};

// Reads rows in order; `text` must outlive the reader.
class Reader {
 public:
  Reader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  // Reads the next row into `row`, whose memory is reused, and says whether there was one. Empty lines are no rows.
  // Fails where quotation marks stand wrong; row.line then says on which line the row begins, and the next call reads
  // on at the line after that.
  Result<bool> next(Row& row);

 private:
  Status read_row(Row& row);
  Status read_quoted(std::string& field);
  void read_plain(std::string& field);
  [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
  [[nodiscard]] bool at_line_end() const { return at_end() || text_[position_] == '\n' || text_[position_] == '\r'; }
  void skip_line_end();

  std::string_view text_;
  char separator_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
};

// Appends a row with that separator and CRLF; fields are quoted where they need it.
void append_row(std::string& out, std::span<const std::string_view> fields, char separator = ',');

}  // namespace folkmoot::csv
