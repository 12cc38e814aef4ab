// Deeds: what somebody does, or what happens, in a story about approvals. Said by names and not as
// commands, so that a story stays readable, and playable when a part of it is left out.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/base/command.h"
#include "tests/support/dice.h"
#include "tests/support/given.h"

namespace duban {

// From pass_time on no command of a person.
enum class Verb {
    submit,
    revise,
    approve,
    reject,
    send_back,
    claim,
    release,
    transfer,
    reassign,
    delegate,
    resolve,
    add_signers,
    drop_signer,
    reclaim,
    withdraw,
    end,
    make_void,
    revoke,
    jump,
    migrate,
    hold,
    resume,
    move_due,
    copy,
    read,
    urge,
    comment,
    urge_task,
    hold_task,
    resume_task,
    amend,
    sign,
    pass_time,
    publish,
    grant,
    take_post,
    deactivate,
    activate,
    proxy,
};
BOOST_DESCRIBE_ENUM(Verb, submit, revise, approve, reject, send_back, claim, release, transfer,
                    reassign, delegate, resolve, add_signers, drop_signer, reclaim, withdraw, end,
                    make_void, revoke, jump, migrate, hold, resume, move_due, copy, read, urge,
                    comment, urge_task, hold_task, resume_task, amend, sign, pass_time, publish,
                    grant, take_post, deactivate, activate, proxy)

struct Deed {
    Verb verb = Verb::approve;
    std::string actor;
    std::uint32_t approval = 1;
    std::string node;
    std::string slot;
    std::string to;                    // a node or a person
    std::vector<std::string> persons;  // who is added or copied; of an amendment the units
    SubjectKind kind = SubjectKind::report;
    UnitCode unit;
    Post post = Post::clerk;
    int number = 0;         // of a text, a version, hours
    bool material = false;  // of a revision
    bool repeated = false;  // the same content again, with a note
    bool stale = false;     // names another revision than the current one
    std::optional<Resume> then;
    SignerPos pos = SignerPos::before;
    NodeMode mode = NodeMode::all;
    std::shared_ptr<const Route> route;
};

// Whether it is a command of a person.
[[nodiscard]] inline bool is_command(Verb verb) {
    return verb < Verb::pass_time;
}

// On the approval as it stands. Requires: is_command.
[[nodiscard]] Command command_of(const Deed& deed, const GivenTask& world);
// What happens in the directory, or which route is published. Requires: neither a command nor time.
[[nodiscard]] Event event_of(const Deed& deed, const GivenTask& world);
// "jtj.head approves head/1 of a1".
[[nodiscard]] std::string words_of(const Deed& deed);

// Something that somebody might do, or that may happen, as the world stands: often what an open
// slot allows, sometimes what is out of place.
[[nodiscard]] Deed random_deed(Dice& dice, const GivenTask& world);

}  // namespace duban
