// Result<T>: a value or an Error. Expected outcomes (not found, conflict, refused, limit) travel
// as Error; a broken invariant aborts through DUBAN_ASSERT instead.
// Thread-safety: immutable values. Every function that returns a Result is [[nodiscard]].
#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace duban {

// The closed set of reasons for a refusal. api/render/error_map.cc gives each its code, name and
// retry.
enum class Errc {
    invalid_argument,     // a field is missing, of the wrong form or outside its limits
    bad_filter,           // a subscription or list filter that cannot be evaluated
    unauthenticated,      // no session, a wrong password or an unknown token
    token_expired,        // the session's token is past its end
    forbidden,            // the actor may see the object but may not do this
    not_found,            // the object does not exist or the actor may not see it
    version_conflict,     // the stream is not at the expected version (Error::current)
    subscription_exists,  // a subscription of that name is open in this session
    command_id_reused,    // the command id was used before with other content
    position_gone,        // a position before the earliest that is kept
    log_mismatch,         // a cursor of another log
    position_ahead,       // a position after the head (Error::current)
    too_large,            // a message, blob or list over its limit
    rule_violation,       // a rule of the domain refuses (Error::rule)
    rate_limited,         // too many calls
    too_many,             // too many open subscriptions or calls in flight
    draining,             // the server is about to stop
    overloaded,           // a bounded queue is full
    storage_unavailable,  // nothing can be written: the disk is full or read-only; reads go on
    deadline,             // the answer could not be given in time
    corrupt,              // stored bytes do not decode or do not fit together
    unsupported,          // an event type or version that this build does not know
    storage_failed,       // the disk or RocksDB reports a fault
    internal,             // a fault of the server itself
};
// The names are stored in outcomes.
BOOST_DESCRIBE_ENUM(Errc, invalid_argument, bad_filter, unauthenticated, token_expired, forbidden,
                    not_found, version_conflict, subscription_exists, command_id_reused,
                    position_gone, log_mismatch, position_ahead, too_large, rule_violation,
                    rate_limited, too_many, draining, overloaded, storage_unavailable, deadline,
                    corrupt, unsupported, storage_failed, internal)

struct Error {
    Errc code = Errc::internal;
    std::string detail;         // one sentence for a person: what is wrong and how to mend it
    std::string field;          // path of the offending field, "" when none is to blame
    std::string rule;           // stable name of the violated rule, "" when none
    std::uint64_t current = 0;  // version_conflict, position_ahead: what is there
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Errc code, std::string detail,
                                                std::string field = {}) {
    return tl::unexpected<Error>(Error{code, std::move(detail), std::move(field), {}, 0});
}

// A refusal by a named rule of the domain.
[[nodiscard]] inline tl::unexpected<Error> refuse(std::string rule, std::string detail,
                                                  std::string field = {}) {
    return tl::unexpected<Error>(
        Error{Errc::rule_violation, std::move(detail), std::move(field), std::move(rule), 0});
}

// Prints the broken invariant and aborts, in release builds too.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace duban

#define DUBAN_ASSERT(expression) \
    ((expression) ? void(0) : ::duban::assertion_failed(#expression, __FILE__, __LINE__))
