#include "base/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace folkmoot::csv {
namespace {

// The rows as "line: field|field", errors as "line! message".
std::vector<std::string> rows(std::string_view text, char separator = ',') {
  std::vector<std::string> read;
  Reader reader(text, separator);
  Row row;
  while (true) {
    const auto more = reader.next(row);
    if (!more) {
      read.push_back(fmt::format("{}! {}", row.line, more.error().message));
    } else if (*more) {
      read.push_back(fmt::format("{}: {}", row.line, fmt::join(row.fields, "|")));
    } else {
      return read;
    }
  }
}
using Rows = std::vector<std::string>;

TEST(Csv, ReadsFieldsAndLineEnds) {
  EXPECT_EQ(rows("a,b,c\n1,,3\n"), (Rows{"1: a|b|c", "2: 1||3"}));
  EXPECT_EQ(rows("a,b\r\n1,2"), (Rows{"1: a|b", "2: 1|2"}));
  EXPECT_EQ(rows("a,b\r1,2\r"), (Rows{"1: a|b", "2: 1|2"}));
  EXPECT_EQ(rows("a;b,c", ';'), (Rows{"1: a|b,c"}));
  EXPECT_EQ(rows(",\n"), (Rows{"1: |"}));
  EXPECT_EQ(rows(""), Rows{});
  EXPECT_EQ(rows("\n\r\n\na\n\n\nb"), (Rows{"4: a", "7: b"})) << "empty lines are no rows, but count";
  EXPECT_EQ(rows(" a , b "), (Rows{"1:  a | b "})) << "spaces belong to the field";
}

TEST(Csv, ReadsQuotedFields) {
  EXPECT_EQ(rows(R"("a","b,c","say ""so""","")"), (Rows{R"(1: a|b,c|say "so"|)"}));
  EXPECT_EQ(rows("\"two\nlines\",x\ny"), (Rows{"1: two\nlines|x", "3: y"}));
  EXPECT_EQ(rows("\"a\r\nb\rc\"\ny"), (Rows{"1: a\r\nb\rc", "4: y"}));
  EXPECT_EQ(rows("\"\"\"\"\n"), (Rows{"1: \""}));
  EXPECT_EQ(rows("\"\"\nx"), (Rows{"1: ", "2: x"})) << "a quoted empty field is a row";
}

TEST(Csv, NamesTheLineOfMisplacedQuotationMarksAndGoesOn) {
  const std::string misplaced = R"(a quotation mark in the middle; it must be written "" and the whole field quoted)";
  EXPECT_EQ(rows("a\n1,b\"c\n2\n"), (Rows{"1: a", "2! field 2: " + misplaced, "3: 2"}));
  EXPECT_EQ(rows("a\n\"b\"c\n2\n"), (Rows{"1: a", "2! field 1: " + misplaced, "3: 2"}));
  EXPECT_EQ(rows("a\n1,\"b\n2,c\n"), (Rows{"1: a", "2! a quotation mark that is never closed", "3: 2|c"}));
  EXPECT_EQ(rows("1,\"b\n2,\"c\"\n3,d"), (Rows{"1! field 2: " + misplaced, "2: 2|c", "3: 3|d"}))
      << "the good line after a mark that was not closed is read";
  EXPECT_EQ(rows("\""), (Rows{"1! a quotation mark that is never closed"}));
}

TEST(Csv, FindsTheSeparator) {
  EXPECT_EQ(detect_separator("id,name,email\n1;2;3;4;5"), ',');
  EXPECT_EQ(detect_separator("id;name;email\r\n"), ';');
  EXPECT_EQ(detect_separator("id\tname, full\temail\r"), '\t');
  EXPECT_EQ(detect_separator("\"a;b;c;d\",\"e\""), ',');
  EXPECT_EQ(detect_separator("id"), ',');
  EXPECT_EQ(detect_separator(""), ',');
}

TEST(Csv, QuotesOnlyWhatNeedsIt) {
  std::string out;
  append_row(out, std::array<std::string_view, 5>{"a", "b,c", "say \"so\"", "two\nlines", ""});
  append_row(out, std::array<std::string_view, 1>{""});
  append_row(out, std::array<std::string_view, 2>{"x,y", "z;"}, ';');
  EXPECT_EQ(out, "a,\"b,c\",\"say \"\"so\"\"\",\"two\nlines\",\r\n\"\"\r\nx,y;\"z;\"\r\n");
}

RC_GTEST_PROP(Csv, ReadsWhatItWrites, ()) {
  const char separator = *rc::gen::element(',', ';', '\t');
  const auto text = rc::gen::container<std::string>(rc::gen::element('a', ',', ';', '\t', '"', '\n', '\r', ' '));
  const auto written = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(text)));
  std::string out;
  for (const auto& fields : written) {
    append_row(out, std::vector<std::string_view>(fields.begin(), fields.end()), separator);
  }
  Reader reader(out, separator);
  Row row;
  for (const auto& fields : written) {
    RC_ASSERT(reader.next(row) == true);
    RC_ASSERT(row.fields == fields);
  }
  RC_ASSERT(reader.next(row) == false);
}

RC_GTEST_PROP(Csv, EndsWhateverTheText, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r'));
  RC_ASSERT(rows(text).size() <= text.size());
}

}  // namespace
}  // namespace folkmoot::csv
