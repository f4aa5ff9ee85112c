#include <iostream>

#include "verifier/verifier.hpp"

int main(int argc, char** argv) { return folkmoot::verifier::run(argc, argv, {std::cout, std::cerr}); }
