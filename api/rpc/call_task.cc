#include "api/rpc/call_task.h"

#include <atomic>
#include <exception>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/render/error_map.h"
#include "api/render/position_text.h"
#include "api/rpc/access_note.h"
#include "api/rpc/rpc_envelope.h"
#include "storage/beside/credentials.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/digest.h"
#include "storage/log/embedded_log.h"

namespace duban {
namespace {

using Json = nlohmann::json;

class CallTask : public std::enable_shared_from_this<CallTask> {
public:
    CallTask(ApiContext& context, const Method& method, Json id, Json params, Caller caller,
             AnswerDone done)
        : context_(context),
          method_(method),
          id_(std::move(id)),
          params_(std::move(params)),
          caller_(std::move(caller)),
          done_(std::move(done)) {}

    void start() {
        guarded([this] { begin(); });
    }

private:
    void begin() {
        if (const auto known = check_caller(); !known) return refuse_stranger(known.error());
        if (const auto form = check_params(); !form) return refuse(form.error());
        switch (method_.kind) {
            case MethodKind::query:
                return begin_query();
            case MethodKind::command:
                return prepare();
            case MethodKind::account:
                return start_account();
            case MethodKind::connection:
                break;
        }
        answer(Error{Errc::internal, "this method is handled by the connection", {}, {}, 0});
    }

    void answer(const Error& error) { finish(error_answer(id_, error)); }

    // ---- Checks ----

    Status check_caller() const {
        if (method_.without_login) return {};
        if (caller_.refused) return tl::unexpected<Error>(*caller_.refused);
        if (caller_.person.empty()) {
            return fail(Errc::unauthenticated,
                        method_.name +
                            " needs a session; log in with auth.login, and over a "
                            "WebSocket call session.open with the token");
        }
        if (has_ended(caller_.life)) return tl::unexpected<Error>(session_ended());
        if (caller_.expires <= context_.clock.now()) {
            return fail(Errc::token_expired, "the token has ended; log in again with auth.login");
        }
        const auto directory = context_.head.directory();
        const Person* person = find_person(*directory, caller_.person);
        if (person != nullptr && person->active) return {};
        return fail(Errc::unauthenticated, "the account is not active; ask a system administrator");
    }

    Status check_params() const {
        if (!params_.is_object()) {
            return fail(Errc::invalid_argument, "params must be an object with named fields",
                        "params");
        }
        return method_.params.check(params_);
    }

    // ---- Threads ----

    void on_pool(void (CallTask::*work)()) { run_on(context_.run_blocking, work); }

    void run_on(const std::function<bool(std::function<void()>)>& pool, void (CallTask::*work)()) {
        const auto deadline = context_.clock.steady() + context_.limits.call_wait;
        const bool taken = pool([self = shared_from_this(), work, deadline] {
            self->guarded([&] {
                if (self->context_.clock.steady() > deadline) return self->answer_late();
                ((*self).*work)();
            });
        });
        if (!taken) {
            answer(Error{Errc::overloaded, "the server has too much to do; try again", {}, {}, 0});
        }
    }

    void answer_late() {
        answer(Error{Errc::deadline,
                     "the server was too busy to begin; nothing was done, ask again",
                     {},
                     {},
                     0});
    }

    // What is thrown here comes from memory or a broken invariant of a library. An answer that was
    // given already stays the only one.
    template <class Work>
    void guarded(Work work) {
        try {
            work();
        } catch (const std::exception& error) {
            finish(internal_answer(id_, error.what()));
        }
    }
    void finish(RpcAnswer text) {
        if (answered_.test_and_set()) return;
        hold(text);
        const AnswerDone done = std::move(done_);
        try {
            done(std::move(text));
        } catch (const std::exception&) {
            // It did not arrive: the fault's answer may, which is shorter.
            done_ = done;
            answered_.clear();
            throw;
        }
    }

    // The answer's place until it is written. Without one it is not kept: what a command came to is
    // told when the client asks again with the same id.
    void hold(RpcAnswer& text) const {
        const std::size_t bytes = text.text.size();
        const std::size_t bytes_max = context_.limits.answer_bytes_max;
        if (bytes > bytes_max) {
            text = error_answer(id_, Error{Errc::too_large,
                                           "the answer has " + std::to_string(bytes) +
                                               " bytes; at most " + std::to_string(bytes_max) +
                                               " are given. Ask for less, with a smaller limit",
                                           {},
                                           {},
                                           0});
            return;
        }
        auto held = context_.messages->take(owner_of(caller_), bytes);
        if (held) {
            text.held = std::move(*held);
        } else {
            text = error_answer(id_, held.error());
        }
    }

    // ---- Queries ----

    // Nothing is worked out for whom nothing can be kept.
    void begin_query() {
        if (const auto room = context_.messages->admit(owner_of(caller_)); !room) {
            return answer(room.error());
        }
        wait_for_position();
    }

    void wait_for_position() {
        const auto given = params_.find("at_least");
        if (given == params_.end()) return on_pool(&CallTask::run_query);
        const auto after = parse_after(given->get_ref<const std::string&>(), "at_least");
        if (!after) return answer(after.error());
        if (after->value <= context_.head.next().value) return on_pool(&CallTask::run_query);
        const auto deadline = context_.clock.steady() + context_.limits.at_least_wait;
        context_.head.when_at_least(Position(after->value - 1), deadline,
                                    [self = shared_from_this()](bool reached) {
                                        self->guarded([&] {
                                            if (!reached) return self->answer_ahead();
                                            self->on_pool(&CallTask::run_query);
                                        });
                                    });
    }

    void answer_ahead() {
        const Position next = context_.head.next();
        answer(Error{Errc::position_ahead,
                     "at_least names a position after the head, which is " + before_text(next) +
                         "; use a position that an answer or an event has named",
                     "at_least",
                     {},
                     next.value});
    }

    // The session may end while the call waits, and while it is worked on.
    void run_query() {
        if (has_ended(caller_.life)) return answer(session_ended());
        RpcAnswer text = query_answer();
        if (has_ended(caller_.life)) return answer(session_ended());
        finish(std::move(text));
    }

    RpcAnswer query_answer() const {
        const Snapshot snapshot(context_.database);
        const auto head = read_head(snapshot);
        if (!head) return error_answer(id_, head.error());
        const auto directory = context_.head.directory();
        const Timestamp now = context_.clock.now();
        const Date today = office_date(now);
        const Access access = access_of(*directory, caller_.person, today);
        if (method_.business && !reads_business(access)) {
            return error_answer(
                id_, Error{Errc::forbidden,
                           method_.name + " reads business data; administrators and persons "
                                          "without a post read none",
                           {},
                           {},
                           0});
        }
        const QueryScope scope{context_, caller_, snapshot,   *directory, access,
                               now,      today,   head->next, params_};
        auto result = method_.query(scope);
        if (!result) return error_answer(id_, result.error());
        if (method_.positioned && !result->contains("position")) {
            (*result)["position"] = before_text(head->next);
        }
        return result_answer(id_, *result);
    }

    // ---- Commands ----

    AccessRecord access_record() const {
        AccessRecord record;
        record.time = context_.clock.now();
        record.person = caller_.person;
        record.remote = caller_.remote;
        record.session = caller_.session;
        record.method = method_.name;
        record.object = noted_object(params_, *context_.head.directory());
        record.command = noted_command(params_);
        return record;
    }

    // Refused before the committer saw it: commands are written down before the answer is given.
    void refuse(const Error& error) {
        if (method_.kind == MethodKind::query) return answer(error);
        write_down(access_record(), error, error_answer(id_, error));
    }

    // Who did not log in may fill no disk: his refusals are written down within a budget.
    void refuse_stranger(const Error& error) {
        if (method_.kind == MethodKind::query) return answer(error);
        write_within_budget(access_record(), error);
    }

    void write_within_budget(AccessRecord record, const Error& error) {
        const auto unwritten = context_.refusals->admit(caller_.remote, context_.clock.steady());
        if (!unwritten) return answer(error);
        record.unwritten = *unwritten;
        write_down(std::move(record), error, error_answer(id_, error));
    }

    void write_down(AccessRecord record, const Error& error, RpcAnswer text) {
        record.result = enum_name(error.code);
        record.detail = noted_detail(error, method_.params);
        record_then(std::move(record), std::move(text));
    }

    void record_then(AccessRecord record, RpcAnswer text) {
        context_.commands.record(
            std::move(record),
            [self = shared_from_this(), text = std::move(text)](Status) { self->finish(text); });
    }

    void prepare() {
        if (method_.reads_disk != nullptr && method_.reads_disk(params_)) {
            return on_pool(&CallTask::submit);
        }
        submit();
    }

    void submit() {
        // The digest below is of the canonical form, whatever the method's schema lets through.
        if (const auto storable = check_canonical(params_); !storable) {
            return refuse(storable.error());
        }
        const Timestamp now = context_.clock.now();
        auto prepared = method_.command(CommandScope{context_, caller_, now, params_});
        CommandRequest request;
        request.id = CommandId(params_.at("command_id").get<std::string>());
        const std::string content = canonical_json(
            Json{{"actor", caller_.person.value}, {"method", method_.name}, {"params", params_}});
        request.content = digest_of(content);
        request.content_bytes = content.size();
        request.actor = caller_.person;
        if (const auto expect = params_.find("expect"); expect != params_.end()) {
            if (expect->contains("version")) {
                request.expect_version = expect->at("version").get<std::uint64_t>();
            }
        }
        request.access = access_record();
        if (prepared) {
            request.content_digest = prepared->content;
            request.command.emplace(std::move(prepared->command));
            if (!prepared->object.empty()) {
                request.access.object = noted_object(prepared->object, *context_.head.directory());
            }
            leaves_ = std::move(prepared->signs_out);
        } else {
            // A refusal too is the id's answer for ever; the sink knows whether it has another.
            request.command = tl::unexpected<Error>(prepared.error());
        }
        request.may_act = [life = caller_.life] { return !has_ended(life); };
        context_.commands.submit(std::move(request), [self = shared_from_this()](
                                                         Result<Outcome> outcome, bool duplicate) {
            self->guarded([&] {
                if (outcome) {
                    self->decided(outcome_answer(self->id_, *outcome, duplicate));
                } else {
                    self->undecided(outcome.error());
                }
            });
        });
    }

    void undecided(const Error& error) {
        if (error.code == Errc::unauthenticated) return refuse_stranger(error);
        answer(error);
    }

    // On a thread of the sink: what waits for the disk goes to the pool. With a full pool it is
    // done here all the same: sessions that were left would be good again once the person is
    // active.
    void decided(RpcAnswer text) {
        if (leaves_.empty() || text.http_status != 200) return finish(std::move(text));
        const auto end_sessions = [self = shared_from_this(), text] {
            {
                const auto change = self->context_.session_book->change();
                const auto ended = erase_sessions_of(self->context_.database, self->leaves_);
                if (ended) self->context_.session_book->end(*ended);
            }
            self->finish(text);
        };
        if (!context_.run_blocking(end_sessions)) end_sessions();
    }

    // ---- Accounts ----

    void start_account() {
        const bool apart = method_.hashes_password && context_.run_hashing;
        run_on(apart ? context_.run_hashing : context_.run_blocking, &CallTask::run_account);
    }

    void run_account() {
        if (!method_.without_login && has_ended(caller_.life)) {
            return refuse_stranger(session_ended());
        }
        auto result =
            method_.account(CommandScope{context_, caller_, context_.clock.now(), params_});
        AccessRecord record = access_record();
        if (record.person.empty()) record.person = PersonId(record.object);
        if (!result) {
            // Tries that were not judged cost the sender nothing.
            if (result.error().code == Errc::rate_limited) {
                return write_within_budget(std::move(record), result.error());
            }
            return write_down(std::move(record), result.error(), error_answer(id_, result.error()));
        }
        (*result)["position"] = before_text(context_.head.next());
        record.result = "ok";
        record_then(std::move(record), result_answer(id_, *result));
    }

    ApiContext& context_;
    const Method& method_;
    Json id_;
    Json params_;
    Caller caller_;
    AnswerDone done_;
    std::atomic_flag answered_;
    PersonId leaves_;
};

}  // namespace

void start_call(ApiContext& context, const Method& method, Json id, Json params, Caller caller,
                AnswerDone done) {
    std::make_shared<CallTask>(context, method, std::move(id), std::move(params), std::move(caller),
                               std::move(done))
        ->start();
}

}  // namespace duban
