// The record of a file, opened (record/opened.hpp).
#pragma once

#include "record/opened.hpp"
#include "service/files.hpp"
#include "store/file_source.hpp"

namespace folkmoot::service {

using group::PrimeGroup;
using record::Opened;

// record::with_record of that file. Errors name it.
template <class Action>
auto with_record(const fs::path& path, Action action)
    -> decltype(action.template operator()<group::Ed25519>(std::declval<Opened<group::Ed25519>&>())) {
  const store::FileSource source = TRY(store::FileSource::open(path));
  return in(path.string(), record::with_record(source, std::move(action)));
}

}  // namespace folkmoot::service
