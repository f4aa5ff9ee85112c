// The rows of ../shared/count/INDEX.tsv and how each kind is checked.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "count/count.hpp"
#include "count/shared.hpp"

namespace folkmoot::count::test {

struct Row {
  std::string name, file, rule, params, winners, order, expected, ties;
  std::size_t seats = 0;
};

struct Verdict {
  std::string difference;  // from what is expected; empty: none
  bool stages = false;     // the stage tables were compared too
};

// One column of a reference's stage table, whatever program wrote it.
struct Figures {
  std::map<std::string, std::string> votes;
  std::map<std::string, std::string> papers;
  std::string nontransferable;
  std::string loss;
  bool with_loss = false;  // what fractions lose counts as not transferable
};

// In what a count's stages differ from such a table; empty: in nothing.
std::string compare_stages(const Transcript& transcript, const std::vector<Figures>& table);

Verdict check_transfers(const Row& row);  // stage tables of droop, OpenSTV, ConcreteSTV and Hill's program
Verdict check_countback(const Row& row);
Verdict check_rounds(const Row& row);  // RCTab
Verdict check_pairs(const Row& row);   // Condorcet PHP
Verdict check_textbook(const Row& row);
Verdict check_approvals(const Row& row);
Verdict check_judgement(const Row& row);
Verdict check_judgement_tallies(const Row& row);
Verdict check_constraints(const Row& row);
Verdict check_reading(const Row& row);
Verdict check_equal_ranks(const Row& row);  // stv-rs

// A parsed JSON file of the collection; the test stops if it isn't one.
json::Document read_json(const std::string& path);
// A field's text, number or otherwise.
std::string text_in(json::Value object, std::string_view field);
std::vector<std::string> names_in(json::Value object, std::string_view field);
std::vector<json::Value> values_in(json::Value object, std::string_view field);
std::vector<std::string> winner_names(const Transcript& transcript);
std::string joined(const std::vector<std::string>& names);
std::vector<std::string> sorted(std::vector<std::string> names);

// Equal to as many decimals as theirs shows, to the nearest; a rule that rounds to fewer must agree exactly.
bool same_number(const Rational& ours, const std::string& theirs);

// Lots entered by hand: of the tied the one who comes first in `order`, else the first.
DrawLot lots_in_order(std::vector<std::string> order);

}  // namespace folkmoot::count::test
