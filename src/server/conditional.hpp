// Of a response, what the client lacks: nothing of what it has already (RFC 9110 section 13), and of a file the range
// that it asks for (section 14), so that a download that broke off is resumed, and a record that grows is followed.
//
// What stands for the content is its entity tag alone. Last-Modified counts in seconds, in which many ballots come.
#pragma once

#include "server/http.hpp"

namespace folkmoot::server {

// `whole`, a 200, under that strong tag ("\"…\"", of letters, digits and '-'): 304 if the client has it by its
// If-None-Match; of a file 206 with the range that it asks for, or 416 if there is no such, but not where If-Range
// names another tag. Of several ranges, and where anything else was said, the whole. Other answers than 200 stay as
// they are.
Response conditional(const Request& request, Response whole, std::string_view tag);

// The same of a whole file, by which file it is, how long, and when it was last written to.
Response conditional_by_time(const Request& request, Response whole);

// A tag for a text.
std::string tag_of(std::string_view text);
// A tag for a file of which the last so many bytes tell what comes before them. Fails if it cannot be read.
Result<std::string> tag_by_end(const FilePart& file, std::size_t end);

}  // namespace folkmoot::server
