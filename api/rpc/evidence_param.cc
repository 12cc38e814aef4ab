#include "api/rpc/evidence_param.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/guard/blobs.h"
#include "api/rpc/method_params.h"
#include "api/schema/shapes.h"
#include "domain/report/report_content.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Result<Evidence> evidence_of(const CommandScope& scope, const Json& item, const std::string& path) {
    const Digest digest(item.is_string() ? item.get<std::string>()
                                         : item.at("digest").get<std::string>());
    const auto blob = open_blob(scope.api, scope.caller, digest);
    if (!blob && blob.error().code == Errc::not_found) {
        return fail(
            Errc::not_found,
            path + ": there is no file " + digest.value + "; upload it with POST /blobs first",
            path);
    }
    if (!blob) return tl::unexpected<Error>(blob.error());
    // A file that is named by its digest alone is called by the beginning of that.
    std::string name = item.is_object() && item.contains("name")
                           ? params::text(item, "name")
                           : digest.value.substr(digest.value.find(':') + 1, 16);
    return Evidence{digest, blob->bytes, blob->media_type, std::move(name)};
}

bool names_files(const Json& params) {
    const auto files = params.find("evidence");
    return files != params.end() && !files->empty();
}

}  // namespace

schema::Member evidence_member() {
    using namespace schema;
    const Schema digest = form(Form::digest);
    const Schema file =
        object({required("digest", digest),
                optional("name", shapes::title(), "As the file is called where it comes from.")});
    return optional("evidence", list(either({digest, file}), 0, evidence_max),
                    "Digests of uploaded files, or {digest, name}.");
}

Result<std::vector<Evidence>> evidence_in(const CommandScope& scope) {
    std::vector<Evidence> files;
    const auto named = scope.params.find("evidence");
    if (named == scope.params.end()) return files;
    for (std::size_t at = 0; at < named->size(); ++at) {
        auto one = evidence_of(scope, (*named)[at], "evidence[" + std::to_string(at) + "]");
        if (!one) return tl::unexpected<Error>(one.error());
        files.push_back(std::move(*one));
    }
    return files;
}

Method reading_evidence(Method method) {
    method.reads_disk = &names_files;
    return method;
}

}  // namespace duban
