#include "api/rpc/dispatcher.h"

#include <atomic>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "api/guard/accounts.h"
#include "api/render/json_text.h"
#include "api/rpc/call_task.h"
#include "api/rpc/registry.h"
#include "api/rpc/rpc_envelope.h"
#include "storage/beside/credentials.h"

namespace duban {
namespace {

using Json = nlohmann::json;

// A batch on its way: one call after the other, so that a later one sees what an earlier one did.
class Batch : public std::enable_shared_from_this<Batch> {
public:
    Batch(Dispatcher& dispatcher, std::size_t bytes_soft, Json calls, Caller caller,
          AnswerDone done)
        : dispatcher_(dispatcher),
          bytes_soft_(bytes_soft),
          calls_(std::move(calls)),
          caller_(std::move(caller)),
          done_(std::move(done)) {}

    void start() {
        guarded([this] { next(); });
    }

private:
    // What is thrown between two calls ends the batch: its answers could not be kept apart.
    template <class Work>
    void guarded(Work work) {
        try {
            work();
        } catch (const std::exception& error) {
            text_.clear();
            done_(internal_answer(Json(), error.what()));
        }
    }

    void next() {
        if (at_ == calls_.size()) return finish();
        Json call = std::move(calls_[at_++]);
        if (text_.size() > bytes_soft_) return leave_out(call);
        dispatcher_.handle_call(
            std::move(call), caller_,
            [self = shared_from_this()](RpcAnswer answer) { self->add(std::move(answer)); });
    }

    void leave_out(const Json& call) {
        if (is_notification(call)) return next();
        add(error_answer(call_id(call),
                         Error{Errc::too_large,
                               "the answers before this call have " + std::to_string(text_.size()) +
                                   " bytes, so it was not run; send it in another request",
                               {},
                               {},
                               0}));
    }

    void add(RpcAnswer answer) {
        guarded([this, &answer] {
            if (!answer.text.empty()) {
                text_ += text_.empty() ? '[' : ',';
                text_ += answer.text;
            }
            if (answer.held) held_->push_back(std::move(answer.held));
            next();
        });
    }
    void finish() {
        if (text_.empty()) return done_({"", 204});
        text_ += ']';
        done_({std::move(text_), 200, held_});
    }

    Dispatcher& dispatcher_;
    std::size_t bytes_soft_;
    Json calls_;
    Caller caller_;
    AnswerDone done_;
    std::size_t at_ = 0;
    std::string text_;
    std::shared_ptr<std::vector<MessageBudget::Share>> held_ =
        std::make_shared<std::vector<MessageBudget::Share>>();
};

// Takes the first answer; a later one, of a fault behind the answer, is dropped.
AnswerDone once(AnswerDone done) {
    return
        [done = std::move(done), given = std::make_shared<std::atomic_flag>()](RpcAnswer answer) {
            if (given->test_and_set()) return;
            try {
                done(std::move(answer));
            } catch (const std::exception&) {
                // It did not arrive; the answer of the fault may.
                given->clear();
                throw;
            }
        };
}

}  // namespace

MessageBudget::Owner owner_of(const Caller& caller) {
    const bool known = !caller.person.empty();
    return {known ? "person " + caller.person.value : "address " + caller.remote,
            caller.connection};
}

Result<MessageBudget::Share> keep_request(ApiContext& context, const Caller& caller,
                                          std::size_t bytes) {
    return context.messages->take(owner_of(caller), bytes * request_growth);
}

void Dispatcher::handle_body(std::string body, Caller caller, const ChargeCalls& charge,
                             AnswerDone done) {
    const AnswerDone answer = once(std::move(done));
    try {
        take_body(body, std::move(caller), charge, answer);
    } catch (const std::exception& error) {
        answer(internal_answer(Json(), error.what()));
    }
}

void Dispatcher::handle_call(Json call, Caller caller, AnswerDone done) {
    const AnswerDone answer = once(std::move(done));
    const Json id = call_id(call);
    const bool silent = is_notification(call);
    try {
        take_call(std::move(call), std::move(caller), answer);
    } catch (const std::exception& error) {
        RpcAnswer fault = internal_answer(id, error.what());
        if (silent) fault.text.clear();
        answer(std::move(fault));
    }
}

void Dispatcher::take_body(const std::string& body, Caller caller, const ChargeCalls& charge,
                           const AnswerDone& done) {
    if (body.size() > context_.limits.message_bytes_max) {
        return done(error_answer(
            Json(), Error{Errc::too_large,
                          "the request has " + std::to_string(body.size()) + " bytes; at most " +
                              std::to_string(context_.limits.message_bytes_max) + " are taken",
                          {},
                          {},
                          0}));
    }
    const auto kept = keep_request(context_, caller, body.size());
    if (!kept) return done(error_answer(Json(), kept.error()));
    // Its place is given back once everything in it is answered.
    const AnswerDone answer = [done, kept = *kept](RpcAnswer given) { done(std::move(given)); };
    auto parsed = parse_json_text(body);
    if (!parsed) {
        return done(fault_answer(Json(), RpcFault::parse_error, parsed.error().detail));
    }
    if (!parsed->is_array()) return take_call(std::move(*parsed), std::move(caller), answer);
    take_batch(std::move(*parsed), std::move(caller), charge, answer);
}

void Dispatcher::take_batch(Json calls, Caller caller, const ChargeCalls& charge,
                            const AnswerDone& done) {
    if (calls.empty()) {
        return done(
            fault_answer(Json(), RpcFault::invalid_request, "a batch has at least one call"));
    }
    if (calls.size() > context_.limits.batch_calls_max) {
        return done(fault_answer(
            Json(), RpcFault::invalid_request,
            "a batch has at most " + std::to_string(context_.limits.batch_calls_max) + " calls"));
    }
    const auto more = static_cast<std::uint32_t>(calls.size() - 1);
    if (const std::uint64_t wait_ms = more == 0 ? 0 : charge(more); wait_ms > 0) {
        return done(error_answer(
            Json(), Error{Errc::rate_limited,
                          "too many calls; none of this batch was run, send it again later",
                          {},
                          {},
                          wait_ms}));
    }
    std::make_shared<Batch>(*this, context_.limits.batch_answer_bytes_soft, std::move(calls),
                            std::move(caller), done)
        ->start();
}

void Dispatcher::take_call(Json call, Caller caller, AnswerDone done) {
    const Json id = call_id(call);
    if (const auto form = check_envelope(call); !form) {
        return done(
            fault_answer(id, RpcFault::invalid_request, form.error().detail, form.error().field));
    }
    if (is_notification(call)) {
        done = [done = std::move(done)](RpcAnswer answer) { done({"", answer.http_status}); };
    }
    const auto& name = call.at("method").get_ref<const std::string&>();
    const Method* method = find_method(name);
    if (method == nullptr) {
        return done(fault_answer(id, RpcFault::method_not_found,
                                 "there is no method \"" + name + "\"; the nearest is \"" +
                                     nearest_method(name) + "\", rpc.discover lists all",
                                 "method"));
    }
    if (method->kind == MethodKind::connection) {
        return done(fault_answer(id, RpcFault::invalid_request,
                                 name + " belongs to a WebSocket session; open GET /ws first",
                                 "method"));
    }
    start_call(context_, *method, id, call_params(call), std::move(caller), std::move(done));
}

Result<Caller> Dispatcher::authenticate(const std::string& token, std::string remote) const {
    const std::string hash = token_hash(token);
    SessionLifePtr life = context_.session_book->watch(hash);
    const auto session = find_session(context_.database, hash);
    if (!session) return tl::unexpected<Error>(session.error());
    if (!*session) {
        return fail(Errc::unauthenticated, "the token is not known; log in with auth.login");
    }
    if ((*session)->expires <= context_.clock.now()) {
        return fail(Errc::token_expired, "the token ended at " + to_string((*session)->expires) +
                                             "; log in again with auth.login");
    }
    const auto directory = context_.head.directory();
    const Person* person = find_person(*directory, (*session)->person);
    if (person == nullptr || !person->active) {
        return fail(Errc::unauthenticated, "the account is not active; ask a system administrator");
    }
    return Caller{(*session)->person, (*session)->id, hash,           (*session)->expires,
                  std::move(remote),  std::nullopt,   std::move(life)};
}

}  // namespace duban
