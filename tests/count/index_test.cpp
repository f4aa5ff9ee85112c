// Every row of ../shared/count/INDEX.tsv: the winners, and the stage tables where no tie was broken.
#include "count/index.hpp"

#include <algorithm>
#include <iostream>

namespace folkmoot::count {
namespace test {

json::Document read_json(const std::string& path) {
  const std::string text = read_file(path);
  auto document = json::Document::parse(text);
  if (!document) throw std::runtime_error(path + ": " + document.error().message);
  return *std::move(document);
}

std::string text_in(json::Value object, std::string_view field) {
  if (!object.has(field)) return {};
  const json::Value value = *object.field(field);
  return value.is_string() ? std::string(*value.string()) : value.text().value();
}

std::vector<json::Value> values_in(json::Value object, std::string_view field) {
  std::vector<json::Value> values;
  if (!object.has(field)) return values;
  const json::Value list = *object.field(field);
  const json::Array array = *list.array();
  for (const json::Value value : array) values.push_back(value);
  return values;
}

std::vector<std::string> names_in(json::Value object, std::string_view field) {
  std::vector<std::string> names;
  for (const json::Value value : values_in(object, field)) names.emplace_back(*value.string());
  return names;
}

std::vector<std::string> winner_names(const Transcript& transcript) {
  std::vector<std::string> names;
  for (const Candidate winner : transcript.winners) names.push_back(transcript.name(winner));
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "; ") + name;
  return text;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

bool same_number(const Rational& ours, const std::string& theirs) {
  Rational value;
  if (theirs.starts_with('-')) return same_number(-ours, theirs.substr(1));
  if (!from_text(theirs, value)) return false;
  const std::size_t point = theirs.find('.');
  const int shown = point == std::string::npos ? 0 : static_cast<int>(theirs.size() - point - 1);
  Rational half(1, 2);
  for (int i = 0; i < shown; ++i) half /= 10;
  Rational rounded;
  return from_text(to_text(ours + half, shown), rounded) && rounded == value;
}

DrawLot lots_in_order(std::vector<std::string> order) {
  return [order = std::move(order)](const LotQuestion& question) -> Result<Lot> {
    for (const std::string& name : order) {
      const auto found = std::ranges::find(question.names, name);
      if (found != question.names.end())
        return Lot{static_cast<std::size_t>(found - question.names.begin()), "as entered"};
    }
    return Lot{0, "the first in order"};
  };
}

namespace {

std::vector<Row> read_index() {
  std::vector<Row> rows;
  const std::vector<std::string> lines = split(read_file(shared + "INDEX.tsv"), "\n");
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> f = split(lines[i], "\t");
    if (f.size() < 16) continue;
    rows.push_back(
        {f[0], f[1], f[2], f[3], f[8], f[9], f[10], f[13], static_cast<std::size_t>(std::atoi(f[4].c_str()))});
  }
  return rows;
}

Verdict check(const Row& row) {
  if (row.rule == "(parser)") return check_reading(row);
  if (row.rule == "countback-act-2021") return check_countback(row);
  if (row.rule.starts_with("rcv-us")) return check_rounds(row);
  if (row.rule.starts_with("condorcet-")) return check_pairs(row);
  if (row.name == "textbook_condorcet") return check_textbook(row);
  if (row.rule == "approval") return check_approvals(row);
  if (row.name == "mj_assertions") return check_judgement_tallies(row);
  if (row.rule == "majority-judgement") return check_judgement(row);
  if (row.rule.find("+constraints") != std::string::npos) return check_constraints(row);
  if (row.name.starts_with("stvrs_")) return check_equal_ranks(row);
  return check_transfers(row);
}

}  // namespace
}  // namespace test

namespace {

// Rows that differ, each exactly so, and why.
struct Documented {
  std::string difference, why;
};
const std::map<std::string, Documented, std::less<>> documented{
    {"csm8_wright by wright",
     {"elects mynnna; Ripard Teg; Sort Dragon; Mangala Solaris; progodlegend; Ali Aras; Kesper North; Trebor Daehdoow; "
      "Sala Cameron; James Arget; Malcanis; Korvin; Chitsa Jason; Mike Azariah, not Ali Aras; Chitsa Jason; James "
      "Arget; Kesper North; Korvin; Malcanis; Mangala Solaris; Mike Azariah; mynnna; Nathan Jameson; progodlegend; "
      "Ripard Teg; Sort Dragon; Trebor Daehdoow",
      "the row names Nathan Jameson for Sala Cameron, without stages; the tally program that was published with these "
      "papers elects Sala Cameron too"}}};

TEST(Index, EveryRow) {
  NEED_SHARED();
  int rows = 0;
  int stages = 0;
  std::string table;
  std::string without_stages;
  for (const test::Row& row : test::read_index()) {
    const test::Verdict verdict = test::check(row);
    const std::string name = row.name + " by " + row.rule;
    const auto known = documented.find(name);
    EXPECT_EQ(verdict.difference, known == documented.end() ? "" : known->second.difference) << name;
    if (known != documented.end()) table += "differs: " + name + ": " + known->second.why + "\n";
    ++rows;
    stages += verdict.stages ? 1 : 0;
    if (!verdict.stages && (row.ties.empty() || row.ties == "0")) without_stages += "no stage table: " + name + "\n";
  }
  std::cout << rows << " rows; the stage tables of " << stages << " of them\n" << without_stages << table;
  EXPECT_GE(rows, 124);
}

}  // namespace
}  // namespace folkmoot::count
