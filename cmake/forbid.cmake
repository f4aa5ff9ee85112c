# cmake -DPROGRAM=FILE -DPART=NAME -P cmake/forbid.cmake: fails, and removes the program, if a symbol of namespace
# folkmoot::NAME is in it. Run after linking a program that must not contain that part; with -DKEEP=ON it removes nothing.
execute_process(COMMAND nm --demangle ${PROGRAM} OUTPUT_VARIABLE symbols RESULT_VARIABLE status)
if(NOT status EQUAL 0 OR NOT symbols MATCHES "folkmoot::")
  message(FATAL_ERROR "${PROGRAM}: its symbols cannot be read, so nothing is known of what is in it")
endif()
if(symbols MATCHES "[^\n]*folkmoot::${PART}::[^\n]*")
  if(NOT KEEP)
    file(REMOVE ${PROGRAM})
  endif()
  # The space at the start of a line keeps CMake from breaking it.
  message(FATAL_ERROR " ${PROGRAM} must contain nothing of src/${PART}/, and contains\n   ${CMAKE_MATCH_0}")
endif()
