// The PostgreSQL of the database's tests, in this program too.
#include "database/cluster.cpp"
