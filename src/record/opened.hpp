// An election as its record has it: how every role but the registrar begins.
#pragma once

#include <utility>

#include "group/all.hpp"
#include "record/archive.hpp"
#include "record/verify_setup.hpp"

namespace folkmoot::record {

// A record whose Setup has been read and checked: the election, its trustees and its credentials are good, and are
// there. `reader` stands after it. What follows in the record has not been looked at.
template <PrimeGroup G>
struct Opened {
  Reader& reader;
  SetupTexts texts;
  Setup<G> setup;
};

// Opens the record and calls `action.template operator()<G>(Opened<G>&)`, which gives a Result, with the group of its
// election.
template <class Action>
auto with_record(const ByteSource& source, Action action)
    -> decltype(action.template operator()<group::Ed25519>(std::declval<Opened<group::Ed25519>&>())) {
  Reader reader = TRY(Reader::open(source));
  SetupTexts texts = TRY(read_setup_texts(reader));
  const std::string group = TRY(election::group_name(texts.election));
  return group::with_group(group,
                           [&]<PrimeGroup G>() -> decltype(action.template operator()<G>(std::declval<Opened<G>&>())) {
                             Report report;
                             auto setup = verify_setup<G>(texts, report);
                             TRY(first_failure(report));
                             Opened<G> opened{reader, std::move(texts), *std::move(setup)};
                             return action.template operator()<G>(opened);
                           });
}

}  // namespace folkmoot::record
