// In place of simdjson's header, for the browser's modules.
#pragma once

#include "library/json_dom.hpp"

namespace simdjson = folkmoot::wasm::json_dom;
