// An election as its record has it: how every role but the registrar begins.
#pragma once

#include "group/all.hpp"
#include "record/archive.hpp"
#include "record/verify_setup.hpp"
#include "service/files.hpp"
#include "store/file_source.hpp"

namespace folkmoot::service {

using group::PrimeGroup;

// A record whose Setup has been read and checked: the election, its trustees and its credentials are good, and are
// there. `reader` stands after it. What follows in the record has not been looked at.
template <PrimeGroup G>
struct Opened {
  const store::FileSource& source;
  record::Reader& reader;
  record::SetupTexts texts;
  record::Setup<G> setup;
};

// Opens the record of that file and calls `action.template operator()<G>(Opened<G>&)`, which gives a Result, with the
// group of its election. Errors name the file.
template <class Action>
auto with_record(const fs::path& path, Action action)
    -> decltype(action.template operator()<group::Ed25519>(std::declval<Opened<group::Ed25519>&>())) {
  const store::FileSource source = TRY(store::FileSource::open(path));
  record::Reader reader = TRY(in(path.string(), record::Reader::open(source)));
  record::SetupTexts texts = TRY(in(path.string(), record::read_setup_texts(reader)));
  const std::string group = TRY(in(path.string(), election::group_name(texts.election)));
  return in(path.string(), group::with_group(group, [&]<PrimeGroup G>() {
              record::Report report;
              auto setup = record::verify_setup<G>(texts, report);
              const auto open = [&]() -> decltype(action.template operator()<G>(std::declval<Opened<G>&>())) {
                TRY(record::first_failure(report));
                Opened<G> opened{source, reader, std::move(texts), *std::move(setup)};
                return action.template operator()<G>(opened);
              };
              return open();
            }));
}

}  // namespace folkmoot::service
