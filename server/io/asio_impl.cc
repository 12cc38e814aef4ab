// The one place where the bodies of Asio and Beast are compiled; every other file sees
// declarations.

#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
