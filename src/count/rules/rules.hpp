// The rules, each defined in a file of its own beside this one.
#pragma once

#include "count/count.hpp"

namespace folkmoot::count {

extern const Rule scottish_2011;
extern const Rule scottish_2007;
extern const Rule wigm_prf;
extern const Rule wigm_prf_batch;
extern const Rule wigm_exact;
extern const Rule minneapolis;
extern const Rule cfer;
extern const Rule ers97;
extern const Rule labour_nec;
extern const Rule ni_1985;
extern const Rule meek_prf;
extern const Rule meek_nz;
extern const Rule meek_2006;
extern const Rule av;
extern const Rule plurality;
extern const Rule block_vote;
extern const Rule approval;

// Elects by totals that have been added up already.
Result<Transcript> count_given_totals(const Contest& contest, const Options& options,
                                      std::span<const std::int64_t> totals, std::int64_t papers);

}  // namespace folkmoot::count
