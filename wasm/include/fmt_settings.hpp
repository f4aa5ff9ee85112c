// How fmt is compiled into the browser's modules: without locales and without numbers with a point, which would double
// a module's size; what it finds wrong with itself is a broken invariant like any other.
#pragma once

#include <cassert>

#define FMT_HEADER_ONLY
#define FMT_STATIC_THOUSANDS_SEPARATOR '\0'
#define FMT_USE_FLOAT 0
#define FMT_USE_DOUBLE 0
#define FMT_USE_LONG_DOUBLE 0
#define FMT_ASSERT(condition, message) assert((condition) && (message))
#define FMT_THROW(exception) __builtin_trap()
