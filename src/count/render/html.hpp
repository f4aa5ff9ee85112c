// A transcript as pages and pictures.
#pragma once

#include <string>

#include "count/transcript.hpp"

namespace folkmoot::count {

// A page of its own: result, table of stages, every decision with its paragraph, ties, the flow of papers. No scripts,
// no links to other files. Everything that comes from the ballot file is escaped.
std::string to_html(const Transcript& transcript);

// The result sheet in the Electoral Reform Society's form, as CSV: a row a candidate, for each stage what was
// transferred and the votes after it.
std::string to_result_sheet(const Transcript& transcript);

// The flow of votes from stage to stage, as SVG: a column a stage, a bar a candidate, a band for votes that move.
// Transcripts without papers that move (Meek, pairs, totals) give the bars alone.
std::string to_sankey(const Transcript& transcript);

// Text for HTML and SVG: & < > " ' escaped.
std::string escape(std::string_view text);

}  // namespace folkmoot::count
