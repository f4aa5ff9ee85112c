// The points in which the Australian statutes differ (transfer_count.hpp). A rule's file fills in a Procedure and says
// which section orders each point.
#pragma once

#include <string_view>

#include "count/counting.hpp"

namespace folkmoot::count {

struct Procedure {
  enum class Surplus {
    all_papers,        // at surplus / papers of the candidate, all in one transfer
    last_parcel,       // the papers received last, at surplus / those transferable, at most at the value they have
    scaled,            // each parcel at its value × surplus / votes
    scaled_continuing  // each parcel at its value × surplus / votes on papers that are transferable, at most at its
                       // value
  };
  enum class Order {      // in which an excluded candidate's papers go
    by_value,             // highest value first
    first_then_by_value,  // by value; of papers with one value, first preferences first
    by_transfer,          // as they came
    by_origin             // as they came, and those of one transfer as they had come before
  };
  enum class When {
    never,
    always,              // after every transfer
    between_exclusions,  // unless an exclusion is under way
    settled,             // when no exclusion is under way and no surplus is waiting
    before_transfer      // always, and also before an excluded candidate's papers move
  };

  Surplus surplus;
  Order order;
  Look tied_lowest;   // who is excluded of equals
  Look tied_elected;  // who is elected first of equals
  bool elect_during_surplus;
  bool elect_during_exclusion;
  When last_two;       // one vacancy and two candidates: the higher is elected
  When all_remaining;  // as many candidates as vacancies: all are elected
  When overwhelming;   // the leaders can't be overtaken by all others together: they are elected

  // The paragraphs that order each step.
  std::string_view quota_by, elected_by, surplus_by, exclusion_by, last_two_by, remaining_by, overwhelming_by, tie_by;
};

}  // namespace folkmoot::count
